"""Many teams' lines at once: pasted from Excel or uploaded, looked at row by row, confirmed."""

from collections import Counter, defaultdict

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.excel import Heading, Row, Sheet
from cncd.foundation.kit.imports import NEW, UNCHANGED, Import, Line, PasteForm
from cncd.foundation.kit.text import expand, fold
from cncd.team.programme.models import Language, Period
from cncd.team.teams.models import Team
from cncd.work.activities import actions as activities
from cncd.work.activities.models import Activity, ActivityContent, ActivityLanguage
from cncd.work.activities.rules import Done
from cncd.work.logsheets.actions import enter_lines, locked_teams
from cncd.work.logsheets.reading import Reader, column_of
from cncd.work.logsheets.sheets import months, this_month

TEAM = Heading(
    "team",
    gettext_lazy("Team"),
    aliases=["tổ", "tên tổ", "mã tổ", "tổ cncđ", "ấp", "khóm", "tổ công nghệ số"],
    required=True,
    help=gettext_lazy("The team's code or name, or the name of its hamlet."),
    examples=["Mỹ Phước", "Mỹ Hòa"],
)
DAY = Heading(
    "day",
    gettext_lazy("Day"),
    aliases=["ngày", "ngày tháng", "ngày làm"],
    required=True,
    help=gettext_lazy("The day of the month, for example 7, or the whole date."),
    examples=["7", "12/11"],
)
CONTENT = Heading(
    "content",
    gettext_lazy("Content"),
    aliases=["nội dung", "việc", "mã nội dung", "nội dung hỗ trợ"],
    required=True,
    help=gettext_lazy("Its number on the sheet, or its name; several with their counts: 4=3, 1=2."),
    examples=["VNeID", "4=3, 1=2"],
)
AFTER = [
    Heading("people", gettext_lazy("People helped"), aliases=["số người", "lượt người", "người"]),
    Heading(
        "elderly",
        gettext_lazy("Aged 60 and over"),
        aliases=["từ 60 tuổi", "trên 60 tuổi", ">=60", "≥60", "60+", "người từ 60 tuổi"],
    ),
]
HOUSEHOLDS = Heading("households", gettext_lazy("Households"), aliases=["số hộ", "hộ"])
PLACE = Heading("place", gettext_lazy("In the hamlet"), aliases=["tên ấp", "tại ấp"])
NOTE = Heading("note", gettext_lazy("Note"), aliases=["ghi chú"], max_length=2000)


class MonthForm(PasteForm):
    """What was pasted or the file, and the month it speaks of."""

    month = forms.ModelChoiceField(
        label=gettext_lazy("Month"), queryset=Period.objects.none(), empty_label=None
    )
    field_order = ["month", "pasted", "file"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        begun = [m.pk for m in months() if m.pk and m.first_day <= timezone.localdate()]
        self.fields["month"].queryset = Period.objects.filter(pk__in=begun)
        self.fields["month"].initial = this_month()


class LinesImport(Import):
    title = gettext_lazy("Enter for many teams at once")
    name = "viec-da-lam"
    notes = [
        gettext_lazy("One row is one activity of one team."),
        gettext_lazy("What stands in the log already with the same figures is not written twice."),
    ]
    form_class = MonthForm
    form_template = "logsheets/lines.html"
    max_rows = 2_000

    def __init__(self, request, **options):
        super().__init__(request, **options)
        languages = [
            Heading(f"language_{row.code}", row.name, aliases=[row.name.removeprefix("tiếng ")])
            for row in Language.objects.all()
        ]
        self.columns = [TEAM, DAY, CONTENT, *AFTER, *languages, HOUSEHOLDS, NOTE, PLACE]

    @cached_property
    def teams(self) -> list[Team]:
        """Those one may enter for, in the unit in sight."""
        found = Team.objects.visible_to(self.request.user, "activities.log")
        if place := self.request.scope.place:
            found = found.standing_under([place.pk], self.request.scope.today)
        return list(found.order_by("sort_key"))

    def template_rows(self) -> list:
        return [[team.name] for team in self.teams[: self.max_rows]]

    def check(self, sheet: Sheet) -> list[Line]:
        self.period = self.chosen["month"]
        self.reader = Reader(self.period, self.teams)
        self.named = self._named()
        self.locked = locked_teams(self.teams, self.period)
        # A row of the template in which only the team stands was not filled in.
        rows = [row for row in sheet if any(row.raw[k] for k in row.raw if k != "team")]
        read = [(row, *self._entry_of(row)) for row in rows]
        self._take_faults(read)
        known = _entered(self.teams, self.period)
        return [self._line(row, team, done, known) for row, team, done in read]

    def _named(self) -> dict[str, set[Team]]:
        """Folded code, name or hamlet → the teams meant by it."""
        found: dict[str, set[Team]] = defaultdict(set)
        for team in self.teams:
            hamlets = [
                n for _pk, name in self.reader.hamlets[team.pk] for n in (name.name, name.full_name)
            ]
            for name in (team.code, team.name, *hamlets):
                found[expand(name)].add(team)
        return found

    def _team(self, row: Row) -> Team | None:
        if not row["team"]:
            return None
        found = self.named.get(expand(row["team"]), set())
        if len(found) == 1:
            return next(iter(found))
        told = _("Several teams are called so; write the code.")
        row.error(TEAM.label, told if found else _("No team that you enter for is called so."))
        return None

    def _entry_of(self, row: Row) -> tuple[Team | None, Done | None]:
        """The team and entry of a row; says at the row what could not be read."""
        team = self._team(row)
        if team is None:
            return None, None
        if team.pk in self.locked:
            row.error("", _("The report of this month is locked. Open it again first (“Unlock”)."))
        missing = {error.column for error in row.errors}
        read = self.reader.read(team, {key: row[key] or "" for key in row.raw})
        for key, message in read.faults:
            if self._label(key) not in missing:
                row.error(self._label(key), message)
        return team, read.done

    def _label(self, key: str) -> str:
        return next((str(h.label) for h in self.columns if h.key == key), "")

    def _take_faults(self, read) -> None:
        """Asks the rules about every readable row; what only asks becomes a note."""
        found = [(row, team, done) for row, team, done in read if done]
        lines = [activities.Line(team, done) for _row, team, done in found]
        for fault in activities.wrong_lines(lines, timezone.localdate()):
            row, label = found[fault.index][0], self._label(column_of(fault.field))
            if fault.asks:
                row.notes.append(fault.message.split(". ")[0])
            else:
                row.error(label, fault.message)

    def _line(self, row: Row, team, done, known: Counter) -> Line:
        if row.errors or not done:
            return Line.of(row)
        same = _essence(team.pk, done)
        if known[same] > 0:
            known[same] -= 1
            note = _(
                "The log has this already; to write down another one alike, say so in the note."
            )
            return Line.of(row, UNCHANGED, notes=[note])
        return Line.of(row, NEW, content=(team, done))

    def write(self, lines: list[Line]) -> str:
        place = self.request.scope.place
        entries = [line.content for line in lines]
        made = enter_lines(
            lines=entries, period=self.period, place=place or entries[0][0], by=self.request.user
        )
        text = ngettext("%(n)d activity written down.", "%(n)d activities written down.", len(made))
        return text % {"n": len(made)}


def _essence(team: int, done: Done) -> tuple:
    numbers = (done.happened_on, done.people, done.elderly, done.households)
    counts = (frozenset(done.contents.items()), frozenset(done.languages.items()))
    return (team, done.kind, *numbers, *counts, fold(done.note))


def _entered(teams, period: Period) -> Counter:
    """How often each entry stands in the log of the month; three queries for all teams."""
    rows = Activity.objects.standing().between(period.first_day, period.last_day)
    rows = rows.filter(team__in=teams, is_summary=False)
    contents, languages = defaultdict(dict), defaultdict(dict)
    for found, model, code, number in (
        (contents, ActivityContent, "content__code", "count"),
        (languages, ActivityLanguage, "language__code", "people"),
    ):
        for activity, *pair in model.objects.filter(activity__in=rows).values_list(
            "activity", code, number
        ):
            found[activity][pair[0]] = pair[1]
    names = ("team", "pk", "kind__code", "happened_on", "people", "elderly", "households", "note")
    known: Counter = Counter()
    for team, pk, kind, day, people, elderly, households, note in rows.values_list(*names):
        done = Done(
            kind=kind, happened_on=day, people=people, elderly=elderly, households=households,
            contents=contents[pk], languages=languages[pk], note=note,
        )  # fmt: skip
        known[_essence(team, done)] += 1
    return known
