"""Groups from a file or pasted from a list: one row per group, found again by its owner."""

from collections import defaultdict
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.bulk import LinesRefused
from cncd.foundation.kit.excel import Heading
from cncd.foundation.kit.forms import today
from cncd.foundation.kit.imports import NEW, UNCHANGED, UPDATED, Import, Line, PasteForm
from cncd.foundation.kit.text import expand, fold
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.foundation.places.rules import HAMLET
from cncd.team.programme.models import Platform
from cncd.team.teams.models import Coverage, Team
from cncd.work.channels.actions import ChannelLine, import_channels
from cncd.work.channels.actions.checks import LONGEST, may_change
from cncd.work.channels.models import Channel
from cncd.work.channels.queries.names import naming_on, tops_of
from cncd.work.channels.rules import findings, link_fault, tidy_link

COLUMNS = [
    Heading("unit", gettext_lazy("Unit"),
            ["đơn vị", "tên đơn vị", "ấp", "khóm", "tổ", "xã", "địa bàn", "mã đơn vị"],
            required=True, examples=["Xã Nhơn Mỹ", "Ấp Mỹ Phước"],
            help=gettext_lazy("Name or code of the commune, hamlet… or of the team.")),
    Heading("above", gettext_lazy("Belongs to"), ["thuộc", "cấp trên", "thuộc xã", "xã của ấp"],
            examples=["Huyện Kế Sách", "Xã Nhơn Mỹ"],
            help=gettext_lazy("Needed only where two units bear the same name.")),
    Heading("name", gettext_lazy("Name of the group"), ["tên nhóm", "nhóm"], required=True,
            kind="exact", max_length=LONGEST,
            examples=["CNCĐ_Nhơn Mỹ_Kế Sách", "Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ_Kế Sách"],
            help=gettext_lazy("Exactly as it is on the platform.")),
    Heading("platform", gettext_lazy("Platform"), ["nền tảng", "mạng xã hội", "ứng dụng"],
            help=gettext_lazy("Left empty: Zalo."), examples=["Zalo", "Zalo"]),
    Heading("link", gettext_lazy("Link of the group"), ["đường dẫn", "link", "liên kết"],
            max_length=500, examples=["https://zalo.me/g/abcdef123", ""]),
    Heading("member_count", gettext_lazy("Members of the group"), ["số thành viên", "thành viên"],
            kind="whole", most=100_000, examples=["45", "112"]),
    Heading("opened_on", gettext_lazy("Group made on"), ["ngày lập", "ngày tạo"], kind="day",
            help=gettext_lazy("Left empty: today."), examples=["01/06/2025", ""]),
    Heading("last_active_on", gettext_lazy("Last active on"), ["hoạt động gần nhất"], kind="day"),
]  # fmt: skip
LABELS = {heading.key: heading.label for heading in COLUMNS}


class ChannelImport(Import):
    title = gettext_lazy("Groups from a list")
    name = "nhom-zalo"
    intro = gettext_lazy(
        "One row per group of a commune, a district or a team. A group that is in the register "
        "already is updated. Names are taken exactly as written, and checked."
    )
    notes = [
        gettext_lazy("One row per group. Write the name exactly as it is on the platform."),
        gettext_lazy("A hamlet's group belongs to the team of the hamlet."),
    ]
    columns = COLUMNS
    form_class = PasteForm
    max_rows = 3_000

    def __init__(self, request, *, unit: Place, **options):
        super().__init__(request, **options)
        self.unit = unit

    def check(self, sheet) -> list[Line]:
        known = Known(self.unit, self.request.user)
        return [self._line(row, known) for row in sheet]

    def _line(self, row, known: "Known") -> Line:
        owner = known.owner(row)
        platform = known.platform(row)
        link = tidy_link(row["link"] or "")
        if link and platform and (fault := link_fault(platform.code, link)):
            row.error(LABELS["link"], fault)
        if row.errors or owner is None:
            return Line.of(row)
        place, team = owner
        channel = known.channel(place, team, platform, row["name"], link)
        line = ChannelLine(
            place=place,
            team=team,
            platform=platform,
            name=row["name"],
            link=link,
            member_count=row["member_count"],
            opened_on=row["opened_on"],
            last_active_on=row["last_active_on"],
            channel=channel,
        )
        state, notes = self._fate(line)
        return Line.of(row, state, line, [*notes, *known.remarks(place, row["name"])])

    @staticmethod
    def _fate(line: ChannelLine) -> tuple[str, list[str]]:
        """Whether the row is new, an update (and of what), or says nothing new."""
        if line.channel is None:
            return NEW, []
        fields = ("name", "link", "member_count", "opened_on", "last_active_on")
        old = {field: getattr(line.channel, field) for field in fields}
        put = line.put_on(Channel(**old), today())
        notes = [
            f"{LABELS[field]}: {old[field] or '–'} → {getattr(put, field)}"
            for field in fields
            if getattr(put, field) != old[field]
        ]
        return (UPDATED, notes) if notes else (UNCHANGED, [])

    def write(self, lines: list[Line]) -> str:
        try:
            done = import_channels(
                lines=[line.content for line in lines],
                unit=self.unit,
                by=self.request.user,
                file_name=str(self.name),
            )
        except LinesRefused as refused:
            raise refused.by_row([line.number for line in lines]) from None
        count = len(done)
        return ngettext("%(count)s group was written.", "%(count)s groups were written.", count) % {
            "count": count
        }


class Known:
    """What the rows are compared with, looked up once: units, their teams, groups, platforms."""

    def __init__(self, unit: Place, user):
        self.day, self.user = today(), user
        below = PlaceIndex.objects.on(self.day).filter(ancestor=unit, inherited=False)
        rows = Place.objects.filter(pk__in=below.values("place"))
        self.places = rows.select_related("level").in_bulk()
        self.names = place_queries.names(self.places, self.day)
        above = {each.parent_id for each in self.names.values()} - {None}
        self.above = {
            pk: {fold(each.name), fold(each.full_name), fold(each.code)}
            for pk, each in place_queries.names(above, self.day).items()
        }
        self.by_word: dict[str, set[tuple[int, int | None]]] = defaultdict(set)
        self._words()
        social = Platform.objects.on(self.day).filter(use=Platform.Use.SOCIAL)
        self.platforms = {fold(word): each for each in social for word in (each.code, each.name)}
        self.allowed: dict[tuple, bool] = {}

    def _words(self) -> None:
        self.team_of: dict[int, int] = {}
        rows = Coverage.objects.on(self.day).in_teams_in_force(self.day)
        for place, team in rows.filter(place__in=self.places).values_list("place", "team"):
            self.team_of.setdefault(place, team)
        self.teams = Team.objects.in_bulk(set(self.team_of.values()))
        for pk, named in self.names.items():
            for text in (named.code, named.name, named.full_name):
                self.by_word[fold(text)].add((pk, self.team_of.get(pk)))
        first = {team: place for place, team in reversed(self.team_of.items())}
        for pk, team in self.teams.items():
            for text in (expand(team.name), fold(team.code)):
                self.by_word[text].add((first[pk], pk))

    def owner(self, row) -> tuple[Any, Any] | None:
        """The unit, and the team when it is a hamlet's, whose group the row is; marks errors."""
        written = row["unit"] or ""
        found = self.by_word.get(fold(written)) or self.by_word.get(expand(written)) or set()
        if above := fold(row["above"] or ""):
            found = {one for one in found if above in self._parents(one[0])}
        if len(found) != 1:
            said = (
                _("Several units here are called “%(name)s”. Say under “%(above)s” which one.")
                if found
                else _("No unit or team here is called “%(name)s”. Check the name or the code.")
            )
            row.error(LABELS["unit"], said % {"name": written, "above": LABELS["above"]})
            return None
        place, team = next(iter(found))
        place, team = self.places[place], self.teams.get(team)
        if place.level.code == HAMLET and team is None:
            row.error(LABELS["unit"], _("This hamlet has no team yet, so it has no group either."))
        elif not self._may(place, team):
            row.error(LABELS["unit"], _("The groups of this unit are kept by others."))
        return place, team if place.level.code == HAMLET or team else None

    def _parents(self, place: int) -> set[str]:
        return self.above.get(self.names[place].parent_id, set())

    def _may(self, place, team) -> bool:
        key = (place.pk, team and team.pk)
        if key not in self.allowed:
            self.allowed[key] = may_change(self.user, place=place, team=team)
        return self.allowed[key]

    def platform(self, row) -> Platform | None:
        found = self.platforms.get(fold(row["platform"] or "zalo"))
        if found is None:
            offered = ", ".join(dict.fromkeys(each.name for each in self.platforms.values()))
            said = _("“%(name)s” is not a network of the catalogue. Choose: %(offered)s.")
            row.error(LABELS["platform"], said % {"name": row["platform"], "offered": offered})
        return found

    # -- what stands already ------------------------------------------------------------------

    @cached_property
    def standing(self) -> dict[tuple, list[Channel]]:
        rows = Channel.objects.open_on(self.day).filter(place__in=self.places)
        found = defaultdict(list)
        for channel in rows.select_related("platform", "level", "place", "team"):
            owner = ("team", channel.team_id) if channel.team_id else channel.place_id
            found[owner, channel.platform_id].append(channel)
        return found

    def channel(self, place, team, platform, name: str, link: str) -> Channel | None:
        """The group of that owner there that the row means: the same link or name, or the only."""
        there = self.standing.get((("team", team.pk) if team else place.pk, platform.pk), [])
        same = [each for each in there if link and each.link == link]
        same = same or [each for each in there if each.name == name]
        return next(iter(same or (there if len(there) == 1 else ())), None)

    @cached_property
    def naming(self):
        return naming_on(self.day, tops_of(self.places, self.day))

    def remarks(self, place, name: str) -> list[str]:
        """What is wrong with the name, shown before anything is written; it is taken all the same.

        The full reading, with former names, is on the page of the group.
        """
        return [finding.title for finding in findings(name, self.naming.forms(place.pk))]
