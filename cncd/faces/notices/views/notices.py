"""One's notices: read, and gone where they lead."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cncd.faces.notices import actions
from cncd.faces.notices.lists import NoticeList
from cncd.faces.notices.models import Notice
from cncd.foundation.people.access import allow

MOST = 60  # on the phone, the newest


@allow("account.own")
def notices(request):
    """What I should know, the newest first."""
    mine = Notice.objects.visible_to(request.user)
    if request.user.can("desk.open") or not request.user.can("phone.open"):
        return NoticeList(request, mine).response()
    return render(request, "notices/rows.html", {"notices": mine[:MOST]})


@allow("account.own")
def notice(request, pk):
    """Marks a notice as read, and goes where it leads."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read_notice(notice=found)
    return redirect(found.address)


@allow("account.own")
@require_POST
def read_every(request):
    """Nothing is unread any more."""
    actions.read_all(by=request.user)
    return redirect("notices:list")
