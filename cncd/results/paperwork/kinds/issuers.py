"""Who issues a document on a day: how the agency is printed, who signs for it, whom it answers to.

UBND works collectively (TM.), a department under its director; a team is no agency: its report is a
form under UBND of the commune, without number and seal (decree 30/2020, art. 13).
"""

import datetime as dt
from dataclasses import dataclass

from cncd.foundation.people.coordination import guides_of
from cncd.foundation.people.models import Agency, Posting
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Level, Place
from cncd.foundation.places.queries import Named
from cncd.foundation.places.rules import says_little
from cncd.results.paperwork.drawing import Signing
from cncd.team.programme.answering import HEAD_ROLES, head_of
from cncd.team.teams.models import Membership, Team
from cncd.team.teams.queries import unit_of

UBND = "Ủy ban nhân dân"
DEPARTMENT = "information"  # the branch that leads in the province (IV.1)
SMALL = {"và", "của", "các", "tỉnh", "thành", "phố"}


@dataclass(frozen=True)
class Issuer:
    """The agency at the head of a document, and the body that signs for it."""

    name: str  # "Ủy ban nhân dân xã Nhơn Mỹ", as sentences have it
    short: str  # "UBND xã Nhơn Mỹ"
    unit: str  # "xã Nhơn Mỹ": whose it is
    agency: str  # in capitals, broken where the name should be
    symbol: str  # "UBND", "STTTT": what stands behind the kind in the number
    seat: str  # "Nhơn Mỹ", before the day
    signing: Signing
    superior: str = ""
    office: str = "VX"  # who drafts and keeps the file: UBND-VX, Lưu: VT, VX

    @property
    def head(self) -> dict:
        """What a `Drawn` takes of it."""
        return {
            "agency": self.agency,
            "superior": self.superior,
            "place_name": self.seat,
            "signing": self.signing,
            "filed": f"VT, {self.office}" if self.symbol else "Tổ",
        }

    def sign(self, abbreviation: str) -> str:
        """“QĐ-UBND”; of a công văn, which has no abbreviation, “UBND-VX”."""
        parts = [abbreviation, self.symbol] if abbreviation else [self.symbol, self.office]
        return "-".join(filter(None, parts))


def said(named: Named) -> str:
    """A unit within a sentence: "xã Nhơn Mỹ", but "Phường 1" (decree 30/2020, annex II)."""
    kind = named.kind if says_little(named.name) else named.kind.lower()
    return f"{kind} {named.name}"


def seat_of(named: Named) -> str:
    """The name before the day: of a unit named by a number, with its type."""
    return named.full_name if says_little(named.name) else named.name


def named_on(place: Place, day: dt.date) -> Named:
    return places.names([place.pk], day)[place.pk]


def is_highest(place: Place) -> bool:
    return place.level_id == Level.objects.order_by("rank").values_list("pk", flat=True)[0]


def board_short(named: Named) -> str:
    """“UBND xã Nhơn Mỹ”."""
    return f"UBND {said(named)}"


def office_short(place: Place, named: Named, day: dt.date) -> str:
    """What `office_of` is called for short, without asking who signs."""
    agency = department_of(place, day) if is_highest(place) else None
    return agency.name_on(day) if agency else board_short(named)


# -- UBND -----------------------------------------------------------------------------------------


def board_of(place: Place, day: dt.date) -> Issuer:
    """UBND of the commune, district or province, signed by its head of the day."""
    named = named_on(place, day)
    unit = said(named)
    return Issuer(
        name=f"{UBND} {unit}",
        short=board_short(named),
        unit=unit,
        agency=f"{UBND}\n{unit}".upper(),
        symbol="UBND",
        seat=seat_of(named),
        signing=_of_board(place, day),
    )


def _of_board(place: Place, day: dt.date) -> Signing:
    """TM. UBND with CHỦ TỊCH, KT. CHỦ TỊCH or Q. CHỦ TỊCH, by the title of the head's posting."""
    person, collective = head_of(place, day), UBND.upper()
    if person is None:
        return Signing("CHỦ TỊCH", collective=collective)
    rows = Posting.objects.on(day).filter(place=place, person=person, role__code__in=HEAD_ROLES)
    title = next((row.title.casefold() for row in rows), "")
    if title.startswith("phó"):
        return Signing("PHÓ CHỦ TỊCH", person.full_name, collective, "KT", "CHỦ TỊCH")
    form = "Q" if title.startswith(("q.", "quyền")) else ""
    return Signing("CHỦ TỊCH", person.full_name, collective, form)


# -- departments ----------------------------------------------------------------------------------


def department_of(place: Place, day: dt.date) -> Agency | None:
    """The agency of the province that leads the teams that day: Sở TT&TT, later Sở KH&CN."""
    rows = Agency.objects.alive(day).filter(place=place, branch__code=DEPARTMENT)
    return rows.filter(is_enterprise=False).order_by("pk").first()


def office_of(place: Place, day: dt.date) -> Issuer:
    """Who writes for the unit: its UBND; of the highest unit the department that leads (IV.1)."""
    agency = department_of(place, day) if is_highest(place) else None
    return of_agency(agency, day) if agency else board_of(place, day)


def of_agency(agency: Agency, day: dt.date) -> Issuer:
    """A department under the UBND of its place, signed by its director."""
    named, name = named_on(agency.place, day), agency.name_on(day)
    return Issuer(
        name=name,
        short=name,
        unit=said(named),
        agency=name.upper(),
        superior=board_short(named).upper(),
        symbol=initials(name),
        seat=seat_of(named),
        signing=_of_director(agency, day),
        office="CĐS",
    )


def initials(name: str) -> str:
    """The letters of a name: "Sở Thông tin và Truyền thông" → "STTTT"."""
    return "".join(word[0] for word in name.split() if word.casefold() not in SMALL).upper()


def _of_director(agency: Agency, day: dt.date) -> Signing:
    rows = Posting.objects.on(day).filter(agency=agency).select_related("person")
    rows = [(row.title.casefold(), row.person.full_name) for row in rows.order_by("since_on", "pk")]
    head = "TRƯỞNG PHÒNG" if agency.name_on(day).casefold().startswith("phòng") else "GIÁM ĐỐC"
    for title, name in rows:
        if title.startswith(head.casefold()):
            return Signing(head, name)
    for title, name in rows:
        if title.startswith(f"phó {head.casefold()}"):
            return Signing(f"PHÓ {head}", name, form="KT", head=head)
    return Signing(head)


# -- teams ----------------------------------------------------------------------------------------


def commune_of(team: Team, day: dt.date) -> Place | None:
    """The unit the team falls under that day, or did on its last day."""
    day = min(day, team.last_day) if team.last_day else max(day, team.since_on)
    found = unit_of([team.pk], "commune", day).get(team.pk)
    return Place.objects.select_related("level").get(pk=found) if found else None


def of_team(team: Team, day: dt.date) -> Issuer:
    """The team itself, under UBND of its commune; signed by its leader, or the deputy for him."""
    commune = commune_of(team, day)
    named = named_on(commune, day) if commune else None
    name = full_team_name(team.name)
    return Issuer(
        name=name,
        short=team.name,
        unit=said(named) if named else "",
        agency=name.upper(),
        superior=board_short(named).upper() if named else "",
        symbol="",
        seat=seat_of(named) if named else "",
        signing=_of_leader(team, day),
    )


def full_team_name(name: str) -> str:
    """“Tổ CNCĐ ấp Mỹ Phước” with its name written out."""
    for short in ("Tổ CNCĐ", "Tổ CNSCĐ", "Tổ CNSCD"):
        if name.startswith(short):
            return f"Tổ công nghệ số cộng đồng{name.removeprefix(short)}"
    return name


def _of_leader(team: Team, day: dt.date) -> Signing:
    rows = Membership.objects.on(day).filter(team=team, position__in=("leader", "deputy"))
    held = {row.position: row.person.full_name for row in rows.select_related("person")}
    if "leader" not in held and "deputy" in held:
        return Signing("TỔ PHÓ", held["deputy"], form="KT", head="TỔ TRƯỞNG")
    return Signing("TỔ TRƯỞNG", held.get("leader", ""))


# -- whom it answers to ---------------------------------------------------------------------------


def above(place: Place, day: dt.date) -> str:
    """Who gets the unit's report: UBND above, the agency it delegated to, or the department."""
    guide = guides_of([place.pk], day).get(place.pk)
    if guide is None:  # the highest unit: its department reports to UBND
        return board_of(place, day).name
    if guide.agency:
        return guide.agency.name_on(day)
    unit = Place.objects.select_related("level").get(pk=guide.place_id)
    agency = department_of(unit, day) if is_highest(unit) else None
    return agency.name_on(day) if agency else board_of(unit, day).name
