"""Đôn đốc: whom to remind, the ready texts, and writing down that it was done."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.work.directives.actions.reminding import remind
from cncd.work.directives.forms.reminding import RemindForm
from cncd.work.directives.queries.answering import answerers
from cncd.work.directives.queries.reminding import lines, needing, remindable, within
from cncd.work.directives.reminding_lists import RemindingList
from cncd.work.directives.texts import text_for_all, texts_of_units

MOST = 500  # at once
MOST_TEXTS = 40


@allow("directives.give")
def listed(request):
    """What is late, due soon or not acknowledged, of all that was asked below."""
    today = request.scope.today
    rows = needing(remindable(request.user), today)
    if request.scope.place:
        rows = within(rows, request.scope.place, today)
    own = authority.roots(request.user, "directives.give")
    return RemindingList(request, lines(rows, today, own)).response()


@allow("directives.give")
def write(request):
    """The texts for those chosen, and how they were reminded; nothing is written by looking."""
    chosen = _chosen(request)
    form = RemindForm(request.POST if "how" in request.POST else None)
    if form.is_bound and form.is_valid() and (said := _reminded(request, form, chosen)):
        told = ngettext("%(n)d reminder is logged.", "%(n)d reminders are logged.", said["count"])
        say_done(request, told % {"n": said["count"]})
        return redirect("directives:reminding")
    today, now = request.scope.today, timezone.localtime()
    own = authority.roots(request.user, "directives.give")
    rows = remindable(request.user).filter(pk__in=chosen)
    found = lines(rows, today, own)
    whom = answerers(rows.order_by("due_on", "pk"), today)
    link = request.build_absolute_uri(reverse("directives:mine"))
    about = (found, request.scope.unit_name, link, now)
    texts = texts_of_units(*about)
    context = {"form": form, "rows": [(line, whom.get(line.pk, [])) for line in found]}
    context |= {"texts": texts[:MOST_TEXTS], "more": len(texts) - MOST_TEXTS}
    context |= {"whole": text_for_all(*about) if found else "", "chosen": chosen}
    context["may_call"] = request.user.can("people.view")
    return render(request, "directives/remind.html", context)


def _chosen(request) -> list[int]:
    """The ids that were ticked."""
    data = request.POST if request.method == "POST" else request.GET
    ids = [each for each in data.getlist("row") if each.isdecimal() and len(each) < 19]
    return [int(each) for each in ids[:MOST]]


def _reminded(request, form: RemindForm, chosen: list[int]) -> dict | None:
    said = form.cleaned_data

    def run() -> dict:
        found = remind(obligations=chosen, how=said["how"], note=said["note"], by=request.user)
        return {"count": len(found)}

    try:
        return once(**form.envelope_of(kind="obligation.remind", sender=request.user), run=run)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return None
