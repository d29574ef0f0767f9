"""What went where, when, and why not."""

from django.shortcuts import render

from cncd.faces.notices.lists import DeliveryList, OwnDeliveryList
from cncd.faces.notices.models import Delivery
from cncd.foundation.people.access import allow

MOST = 60  # on the phone, the newest


@allow("account.own")
def own_log(request):
    """What went to my devices and addresses."""
    mine = Delivery.objects.own(request.user).told()
    if request.user.can("desk.open") or not request.user.can("phone.open"):
        return OwnDeliveryList(request, mine).response()
    return render(request, "notices/log.html", {"deliveries": mine[:MOST]})


@allow("notices.log")
def log(request):
    """What reached the people and offices of my units, and what did not; never what it said."""
    return DeliveryList(request, Delivery.objects.visible_to(request.user).told()).response()
