"""Rosters from Excel: one row per member, the teams of a whole commune in one file."""

from collections import Counter, defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.excel import Heading
from cncd.foundation.kit.forms import DayField, NFCCharField, today
from cncd.foundation.kit.imports import NEW, UNCHANGED, Import, Line, UploadForm, refuse_doubles
from cncd.foundation.kit.text import fold
from cncd.foundation.people.actions import BadNumber, Refusal
from cncd.foundation.people.actions.persons import checked_phone
from cncd.foundation.people.models import Person
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams.actions import RosterPart, TeamError, import_roster
from cncd.team.teams.actions.checks import maximum_on
from cncd.team.teams.forms.roster import about, namesakes
from cncd.team.teams.lines import DecisionLine, MemberLine, NewPerson
from cncd.team.teams.models import Component, Coverage, Membership, Team
from cncd.team.teams.queries import hamlets_of


class RosterUpload(UploadForm):
    """The file, and the decision it carries out; the decision's scan is added on its own page."""

    since_on = DayField(label=gettext_lazy("In force from"), initial=today)
    number = NFCCharField(
        label=gettext_lazy("Number of the decision"),
        max_length=60,
        help_text=gettext_lazy("For example 12/QĐ-UBND."),
    )
    issued_on = DayField(label=gettext_lazy("Date of issue"), past=True)
    signer = NFCCharField(label=gettext_lazy("Signed by"), max_length=120, required=False)

    def clean_number(self):
        number = self.cleaned_data["number"]
        if not any(sign.isdigit() for sign in number):
            raise forms.ValidationError(_("Write the number too, for example 12/QĐ-UBND."))
        return number


def headings() -> list[Heading]:
    """The columns; the components offered are those of the catalogue."""
    components = [(row, row.name) for row in Component.objects.all()]
    posts = [choice for choice in Membership.HamletPost.choices if choice[0]]
    return [
        Heading("hamlet", gettext_lazy("Hamlet"), ["ấp", "khóm", "tên ấp", "mã ấp", "địa bàn"],
                required=True, help=gettext_lazy("Name or code, as under “Places”.")),
        Heading("full_name", gettext_lazy("Full name"), ["họ tên", "tên"], required=True,
                max_length=120),
        Heading("position", gettext_lazy("Position"), ["chức vụ", "chức vụ trong tổ"],
                kind="choice", choices=Membership.Position.choices),
        Heading("hamlet_post", gettext_lazy("Post in the hamlet"), ["chức danh ấp"], kind="choice",
                choices=posts),
        Heading("component", gettext_lazy("Component"), ["nghề nghiệp"], kind="choice",
                choices=components),
        Heading("tie", gettext_lazy("Tie to the hamlet"), ["sinh sống, công tác"], kind="choice",
                choices=Membership.Tie.choices),
        Heading("union_member", gettext_lazy("Youth Union member"), ["đoàn viên"], kind="yes"),
        Heading("gender", gettext_lazy("Gender"), ["giới tính"], kind="choice",
                choices=Person.Gender.choices[:2]),
        Heading("contact_phone", gettext_lazy("Phone"), ["sđt", "điện thoại"], kind="phone"),
    ]  # fmt: skip


class RosterImport(Import):
    title = gettext_lazy("Roster from Excel")
    name = "danh-sach-thanh-vien"
    intro = gettext_lazy(
        "One row per member. A hamlet without a team gets one; where there is a team, the people "
        "in the file join it. Nothing is written before you have looked at the rows."
    )
    notes = [
        gettext_lazy("One row per member; several hamlets may stand in one file."),
        gettext_lazy("A position left empty means member; a tie left empty means lives there."),
    ]
    form_class = RosterUpload
    max_rows = 2_000

    def __init__(self, request, *, commune: Place, **options):
        super().__init__(request, **options)
        self.commune = commune
        self.columns = headings()
        self.title = f"{self.title}: {commune.full_name}"

    def check(self, sheet) -> list[Line]:
        refuse_doubles(sheet, "hamlet", "full_name", "contact_phone")
        known = _Known(self.request.user, self.commune, self.chosen["since_on"], sheet)
        return [self._line(row, known) for row in sheet]

    def _line(self, row, known: "_Known") -> Line:
        hamlet = known.hamlet(row["hamlet"])
        self._mark_errors(row, hamlet, known)
        if hamlet is None or not row["full_name"]:
            return Line.of(row)
        person, notes = known.person(row)
        if known.is_member(hamlet, person):
            return Line.of(row, UNCHANGED, notes=[_("Is a member of this team already.")])
        if known.count(hamlet) > known.maximum:
            said = _("The team would have more than {maximum} members (II.1.1).")
            row.error(self._label("full_name"), said.format(maximum=known.maximum))
        return Line.of(row, NEW, (hamlet, _member(row, person)), [*notes, known.fate(hamlet)])

    def _mark_errors(self, row, hamlet: Place | None, known: "_Known") -> None:
        if row["hamlet"] and hamlet is None:
            said = _("{commune} has no hamlet “{name}” on that day. Check the name or the code.")
            told = said.format(commune=known.commune_name, name=row["hamlet"])
            row.error(self._label("hamlet"), told)
        try:
            checked_phone(row["contact_phone"] or "")
        except BadNumber as refused:
            row.error(self._label("contact_phone"), refused.message)

    def _label(self, key: str) -> str:
        return next(heading.label for heading in self.columns if heading.key == key)

    def write(self, lines: list[Line]) -> str:
        rosters: dict[Place, list[MemberLine]] = defaultdict(list)
        for line in lines:
            hamlet, member = line.content
            rosters[hamlet].append(member)
        known = _Known(self.request.user, self.commune, self.chosen["since_on"], [])
        try:
            teams = import_roster(
                commune=self.commune,
                parts=[
                    RosterPart(hamlet, known.team(hamlet), members)
                    for hamlet, members in rosters.items()
                ],
                decision=self._decision(known),
                on=self.chosen["since_on"],
                by=self.request.user,
            )
        except (TeamError, Refusal) as refused:
            raise ValidationError(str(refused.message)) from None
        return ngettext(
            "{count} member was entered, in {teams} teams.",
            "{count} members were entered, in {teams} teams.",
            len(lines),
        ).format(count=len(lines), teams=len(teams))

    def _decision(self, known: "_Known") -> DecisionLine:
        name = known.commune_name
        return DecisionLine(
            number=self.chosen["number"],
            issued_on=self.chosen["issued_on"],
            issuer=f"UBND {name[:1].lower()}{name[1:]}",
            signer=self.chosen["signer"],
        )


def _member(row, person) -> MemberLine:
    return MemberLine(
        person=person,
        position=row["position"] or Membership.Position.MEMBER,
        hamlet_post=row["hamlet_post"] or "",
        component=row["component"],
        tie=row["tie"] or Membership.Tie.LIVES,
        union_member=bool(row["union_member"]),
    )


class _Known:
    """What the rows are compared with, looked up once: hamlets, their teams, people."""

    def __init__(self, user, commune: Place, day, rows):
        ids = hamlets_of(commune, day)
        names = place_queries.names([*ids, commune.pk], day)
        self.commune_name = names[commune.pk].full_name
        self.maximum = maximum_on(commune, day)
        places = Place.objects.in_bulk(ids)
        self.hamlets: dict[str, Place | None] = {}
        for pk in ids:
            for text in {names[pk].code, fold(names[pk].name), fold(names[pk].full_name)}:
                # A name that two hamlets share (khóm 1, ấp 1) says nothing; the code does.
                self.hamlets[text] = None if text in self.hamlets else places[pk]
        self.teams: dict[int, Team] = {}
        held = Coverage.objects.on(day).in_teams_in_force(day).filter(place__in=ids)
        for row in held.select_related("team").order_by("-team__since_on"):
            self.teams[row.place_id] = row.team
        members = Membership.objects.overlapping(day, None).filter(
            team__in=[team.pk for team in self.teams.values()]
        )
        self.members = set(members.values_list("team", "person"))
        self.sizes = Counter(team for team, _person in self.members)
        self.people = namesakes(user, [row["full_name"] or "" for row in rows])

    def hamlet(self, written: str | None) -> Place | None:
        return self.hamlets.get(written or "") or self.hamlets.get(fold(written or ""))

    def team(self, hamlet: Place) -> Team | None:
        return self.teams.get(hamlet.pk)

    def person(self, row) -> tuple[Person | NewPerson, list[str]]:
        """Whom the row means: the one namesake whose number does not speak against it."""
        phone = row["contact_phone"] or ""
        alike = self.people.get(fold(row["full_name"]), [])
        fitting = [each for each in alike if not phone or each.contact_phone in ("", phone)]
        if len(fitting) == 1:
            return fitting[0], [_("In the register already: {who}").format(who=about(fitting[0]))]
        new = NewPerson(row["full_name"], row["gender"] or "", phone)
        notes = [_("Somebody of this name is in the register; a new person is added.")]
        return new, notes if alike else []

    def is_member(self, hamlet: Place, person) -> bool:
        team = self.team(hamlet)
        return team is not None and (team.pk, getattr(person, "pk", None)) in self.members

    def count(self, hamlet: Place) -> int:
        """How many the hamlet's team has with this row."""
        team = self.team(hamlet)
        key = team.pk if team else ("new", hamlet.pk)
        self.sizes[key] += 1
        return self.sizes[key]

    def fate(self, hamlet: Place) -> str:
        team = self.team(hamlet)
        return _("Joins {team}").format(team=team) if team else _("A new team is formed")
