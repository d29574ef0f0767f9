"""What people thought of a session: asked of who came, shown once five have answered."""

import json

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.training.actions.feedback import give_feedback
from cncd.work.training.forms.people import FeedbackForm
from cncd.work.training.models import Attendance, Session
from cncd.work.training.queries.opinions import opinions
from cncd.work.training.views.scope import face_of


@allow("training.attend")
def give(request, pk):
    """One mark and one comment, without a name."""
    session = _session(request, pk)
    there = Attendance.objects.counting().filter(session=session, person=request.user.person_id)
    form = FeedbackForm(request.POST or None)
    values = lambda: {name: form.cleaned_data[name] for name in ("rating", "comment")}  # noqa: E731
    act = lambda: give_feedback(session=session, by=request.user, **values())  # noqa: E731
    if done(request, act, form):
        say_done(request, _("Thank you. Your answer is kept without your name."))
        return redirect(session)
    context = {"form": form, "title": _("How was the session?"), "intro": str(session)}
    context |= {"face": face_of(request), "back": session.get_absolute_url(), "submit": _("Send")}
    context |= {"row": there.first(), "about": json.dumps({"session": pk})}
    return render(request, "training/feedback_form.html", context)


@allow("training.hold")
def shown(request, pk):
    """The marks and comments of a session, from five answers on."""
    session = _session(request, pk)
    if not request.user.can("training.hold", place=session.course.place):
        raise PermissionDenied("training.hold")
    context = {"session": session, "opinions": opinions(session)}
    context["back"] = reverse("training:session", args=[pk])
    return render(request, "training/feedback.html", context)


def _session(request, pk) -> Session:
    seen = Session.objects.visible_to(request.user).select_related("course__place")
    return get_object_or_404(seen, pk=pk)
