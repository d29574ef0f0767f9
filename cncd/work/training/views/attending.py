"""Attendance at the desk: the code on the wall, and putting right afterwards."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.people.models import Person
from cncd.work.training import actions
from cncd.work.training.forms.courses import AddForm, ReasonForm
from cncd.work.training.models import Attendance
from cncd.work.training.queries.people import ALL, candidates, people_of
from cncd.work.training.rules import codes
from cncd.work.training.views.sessions import held

SHOWN_LAST = 8  # who came last, beside the code


@allow("training.hold")
def code(request, pk):
    """The code of this half minute over the whole screen; the page fetches the next by itself."""
    session, now = held(request, pk), timezone.now()
    if not session.is_standing:
        raise Http404
    number = codes.code_of(session.secret, codes.slot_of(now))
    address = reverse("training:scan") + f"?s={session.pk}&c={number}"
    there = session.attendances.standing().select_related("person")
    context = {
        "session": session,
        "address": request.build_absolute_uri(address),
        "code": f"{number[:4]} {number[4:]}",
        "seconds": codes.seconds_left(now) + 1,
        "is_open": codes.is_open(session.starts_at, session.ends_at, now),
        "came": there.count(),
        "last": there.order_by("-recorded_at", "-pk")[:SHOWN_LAST],
    }
    return render(request, "training/wall.html", context)


@allow("training.hold")
def add(request, pk):
    """Somebody was there and is not on the list: added with the reason."""
    session = held(request, pk)
    form = AddForm(request.POST or None, people=_others(request, session))

    def act():
        person = get_object_or_404(Person, pk=form.cleaned_data["person"])
        reason = form.cleaned_data["reason"]
        return actions.add_attendance(
            session=session, person=person, reason=reason, by=request.user
        )

    if found := done(request, act, form):
        say_done(request, _("%(person)s is on the list of those who came.")
                 % {"person": found.person})  # fmt: skip
        return redirect(session)
    context = {"form": form, "title": _("Add somebody who came"), "intro": str(session)}
    return render(request, "kit/form_page.html", context | {"back": session.get_absolute_url()})


def _others(request, session) -> list[tuple[int, str]]:
    """Invited or of the teams of the unit, and not there yet."""
    rows = people_of(session)
    there = {row.person.pk for row in rows if row.has_come}
    found = {row.person.pk: (str(row.person), row.team) for row in rows}
    more = candidates(session, ALL, [session.course.place_id], session.held_on)
    found |= {each.person.pk: (str(each.person), each.team) for each in more}
    named = ((pk, f"{name} – {team}" if team else name) for pk, (name, team) in found.items())
    return [(pk, label) for pk, label in named if pk not in there]


@allow("training.hold")
def take_off(request, pk):
    """Somebody was recorded as there and was not."""
    seen = Attendance.objects.visible_to(request.user).standing()
    found = get_object_or_404(seen.select_related("session__course", "person").distinct(), pk=pk)
    session = held(request, found.session_id)
    form = ReasonForm(request.POST or None)
    if done(request, lambda: actions.withdraw_attendance(
        attendance=found, by=request.user, **form.cleaned_data), form):  # fmt: skip
        say_done(request, _("%(person)s is off the list of those who came.")
                 % {"person": found.person})  # fmt: skip
        return redirect(session)
    context = {
        "form": form, "title": _("Did not come"), "question": f"{found.person} – {session}",
        "consequences": [_("The figures and the completion of the course follow.")],
        "danger": True, "submit": _("Take off the list"), "back": session.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
