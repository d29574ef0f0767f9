"""What every page of the catalogue needs to be drawn."""

from django.http import HttpResponseRedirect
from django.shortcuts import render

from cncd.foundation.kit.messages import say_done
from cncd.team.programme.actions import Refused
from cncd.team.programme.forms.fields import take_refusal


def about(request, section: str, **more) -> dict:
    """The section to mark, and whether the reader may change the programme."""
    return {"section": section, "may_change": request.user.can("programme.change"), **more}


def answer_form(request, form, *, run, done, back: str, title, template="", **more):
    """Shows the form; when it was sent and is right, runs the action and goes back.

    `run()` may raise Refused: its message stands at the field it names. `done` is what to say.
    """
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except Refused as refusal:
            take_refusal(form, refusal)
        else:
            say_done(request, str(done))
            return HttpResponseRedirect(back)
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, template or "kit/form_page.html", context)
