"""Into practice and out of it again."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.faces.phone.practice import KEY
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow


@allow("phone.open")
def practice(request):
    """What practising means, and the button that begins it."""
    if request.method != "POST":
        return render(request, "phone/practice.html")
    request.session[KEY] = True
    return redirect("phone:home")


@require_POST
@allow("account.own")
def end_practice(request):
    """Back to real work; what was tried out is gone."""
    request.session.pop(KEY, None)
    say_done(request, _("You have stopped practising. From now on everything counts."))
    return redirect("/")
