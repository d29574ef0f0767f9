"""Who has never been trained, and inviting them with one press."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.training.actions import invite
from cncd.work.training.models import Session
from cncd.work.training.people_lists import UntrainedList
from cncd.work.training.queries.untrained import learners, sessions_to_invite_to


@allow("training.hold")
def listed(request):
    """Members and officials of the unit in sight by what they still have to learn."""
    scope, user = request.scope, request.user
    rows = learners(user, scope.place, scope.today)
    context = {
        "sessions": sessions_to_invite_to(user, scope.place, scope.today),
        "never": sum(not row.came for row in rows),
        "all": len(rows),
    }
    return UntrainedList(request, rows, context=context).response()


@allow("training.hold")
@require_POST
def ask(request):
    """Invites the chosen people to a session; only those in sight can be chosen."""
    back = f"{reverse('training:untrained')}?{request.META.get('QUERY_STRING', '')}"
    asked = request.POST.get("session", "")
    chosen = set(request.POST.getlist("row"))
    if not asked.isdecimal() or not chosen:
        messages.error(request, _("Choose people in the list, and the session to invite them to."))
        return redirect(back)
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=asked)
    seen = learners(request.user, request.scope.place, request.scope.today)
    people = [(row.person, row.team) for row in seen if row.key in chosen]
    try:
        made = invite(session=session, people=people, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(back)
    say_done(request, _("%(n)s people are invited to %(session)s.")
             % {"n": len(made), "session": session})  # fmt: skip
    return redirect(back)
