"""The tables of this room. Never sorted by raw volume: names first, results when decided."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.evaluations.models import Round
from cncd.work.evaluations.wording import STAGES, stage_tone, stage_words

BY_STAGE = {
    "self": {"self_at": None, "commune_at": None, "decided_at": None},
    "commune": {"self_at__isnull": False, "commune_at": None, "decided_at": None},
    "decide": {"commune_at__isnull": False, "decided_at": None},
    "decided": {"decided_at__isnull": False},
}


def _round(row) -> str:
    return reverse("evaluations:round", args=[row.pk])


class RoundList(List):
    title = _("Evaluations of teams")
    name = "danh-gia"
    template = "evaluations/list.html"
    columns = [
        Column("name", _("Round"), link=_round, sort="name"),
        Column("unit", _("Unit that decides"), sort="unit"),
        Column("kind", _("For"), value="get_kind_display", sort="kind", hidden=True),
        Column("first_day", _("From"), kind="date", sort="first_day"),
        Column("last_day", _("To"), kind="date", sort="last_day"),
        Column("teams", _("Teams"), kind="number", sort="teams", link=_round),
        Column("by_self", _("Scored themselves"), kind="number", sort="by_self",
               link=lambda row: f"{_round(row)}?given=self"),
        Column("by_commune", _("Scored by communes"), kind="number", sort="by_commune",
               link=lambda row: f"{_round(row)}?given=commune"),
        Column("decided", _("Decided"), kind="number", sort="decided",
               link=lambda row: f"{_round(row)}?stage=decided"),
        Column("decide_due_on", _("To be decided by"), kind="date", sort="decide_due_on"),
        Column("rules", _("Criteria"), value=lambda row: str(row.rules), hidden=True),
    ]  # fmt: skip
    filters = [Choice("kind", _("For"), Round.Kind.choices)]
    search_fields = ["name", "unit"]
    search_hint = _("Round or unit")
    order = ("-last_day", "-opened_at", "pk")
    empty = _("No evaluation has been opened here yet.")


def _evaluation(row) -> str:
    return reverse("evaluations:evaluation", args=[row.pk])


class EvaluationList(List):
    title = _("Evaluation")
    name = "ket-qua-danh-gia"
    template = "evaluations/round.html"
    columns = [
        Column("team", _("Team"), value="team.name", link=_evaluation, sort="team__sort_key"),
        Column("unit", _("Commune"), sort="unit"),
        Column("self_total", _("Team's own"), kind="number", sort="self_total"),
        Column("commune_total", _("Commune"), kind="number", sort="commune_total"),
        Column("apart", _("Commune − team"), kind="number", sort="apart", hidden=True),
        Column("decided_total", _("Decided"), kind="number", sort="decided_total"),
        Column("grade", _("Class"), value="grade.name", sort="grade__least"),
        Column("stage", _("State"), value=stage_words, kind="badge", tone=stage_tone),
    ]
    filters = [
        Choice("stage", _("State"), list(STAGES.items()),
               lambda rows, value: rows.filter(**BY_STAGE[value])),
        Choice("given", _("Marks given"), [("self", _("Scored themselves")),
                                           ("commune", _("Scored by communes"))],
               lambda rows, value: rows.exclude(**{f"{value}_at": None})),
    ]  # fmt: skip
    search_fields = ["team__search_key", "unit"]
    search_hint = _("Team or commune")
    order = ("unit", "team__sort_key", "pk")
    empty = _("No team of yours is in this round.")

    def __init__(self, request, rows, *, round: Round, mine, **options):
        grades = [(row.pk, row.name) for row in round.rules.grades.all()]
        self.filters = [
            *self.filters,
            Choice("grade", _("Class"), grades),
            Choice("mine", _("My turn"), [("1", _("Only what waits for me"))],
                   lambda found, _value: found.filter(mine)),
        ]  # fmt: skip
        super().__init__(request, rows, **options)


class RulesList(List):
    title = _("Criteria and weights")
    name = "bo-tieu-chi"
    template = "evaluations/rules_list.html"
    columns = [
        Column("name", _("Name"), sort="name",
               link=lambda row: reverse("evaluations:rules", args=[row.pk])),
        Column("level", _("For teams of the level"), value="level.name", sort="level__rank"),
        Column("criteria_count", _("Criteria"), kind="number", sort="criteria_count"),
        Column("weights", _("Weights together"), kind="number", sort="weights"),
        Column("state", _("State"), kind="badge",
               value=lambda row: _("In force") if row.in_force else _("Draft"),
               tone=lambda row: "good" if row.in_force else "soon", sort="in_force"),
        Column("since_on", _("From"), kind="date", sort="since_on",
               value=lambda row: row.since_on if row.in_force else None),
        Column("last_day", _("Until the end of"), kind="date", sort="until_on"),
    ]  # fmt: skip
    search_fields = ["name"]
    order = ("level__rank", "-since_on", "-pk")
    empty = _("No set of criteria yet. Draft the first one from the packaged set.")
