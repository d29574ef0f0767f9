"""Groups on Zalo of the demo: of four levels, some misnamed, most mended later (II.2.7, II.2.9)."""

import datetime as dt
import unicodedata
from random import Random

from cncd.config.demo import clock
from cncd.foundation.people.models import Agency
from cncd.team.programme.models import Platform
from cncd.work.channels.actions import (
    ChannelLine,
    import_channels,
    register_channel,
    tick_presence,
)
from cncd.work.channels.queries.members import checklists
from cncd.work.channels.queries.names import naming_on

WITHOUT = 0.08  # of the teams have no group
WRONG_AT_FIRST, STAYS_WRONG = 0.4, 0.35
OTHER_FORM = 0.12
TOLD = (" - ", "_ ")  # what stands between the parts of two names in the example commune
COMPLETE = 15  # communes whose common group holds everybody; the example lacks one kind
WITH_SOME = 5


def mistaken(random: Random, name: str) -> str:
    """The name as somebody in a hurry typed it."""
    parts = name.split("_")
    return random.choice(
        [
            " - ".join(parts),
            "_ ".join(parts),
            "_".join([parts[0], *reversed(parts[1:])]),
            "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
            .replace("đ", "d")
            .replace("Đ", "D"),
            "_".join(parts[:-1]),
            name.lower(),
            f"{name} ",
            name.replace("CNCĐ", "Công nghệ số"),
        ]
    )


class Groups:
    """Registers the groups of a `build.Demo`."""

    def __init__(self, demo):
        self.demo = demo
        self.random = Random(demo.random.random())  # noqa: S311  not a secret
        self.zalo = Platform.objects.get(code="zalo")
        self.naming = naming_on(demo.today, [demo.province.pk])
        self.number = 0
        self.places = {hamlet.pk: hamlet for each in demo.hamlets.values() for hamlet in each}
        self.kept: set[int] = set()  # teams whose group keeps its wrong name
        self.shown = demo.hamlets[demo.example.pk][0].pk  # whose leader signs in

    def build(self) -> None:
        for place, role in (
            (self.demo.province, "province_officer"),
            *((district, "district_officer") for district in self.demo.districts),
        ):
            self._of_unit(place, role)
        common = []
        for number, commune in enumerate(self.demo.communes):
            common.append(self._of_unit(commune, "commune_officer"))
            self._of_teams(commune)
            self.demo.tell("Nhóm Zalo", 0.62 + 0.005 * number / len(self.demo.communes))
        self._fill(common)

    def _of_unit(self, place, role: str):
        """The group of an office; a few bear a wrong name."""
        name = self.naming.forms(place.pk)[0].text
        if place.pk != self.demo.example.pk and self.random.random() < 0.15:
            name = mistaken(self.random, name)
        officer = self.demo.accounts[role, place.pk]
        opened = clock.working_day(self.demo.start + dt.timedelta(days=self.random.randint(3, 60)))
        return register_channel(
            place=place,
            platform=self.zalo,
            name=name,
            opened_on=opened,
            agency=Agency.objects.filter(place=place).order_by("pk").first(),
            by=officer,
            link=self._link(),
            member_count=self.random.randint(12, 60),
            now=clock.office(self.random, opened),
        )

    # -- of teams ------------------------------------------------------------------------------

    def _of_teams(self, commune) -> None:
        """All groups of a commune's teams at once; most wrong names are mended later."""
        officer = self.demo.accounts["commune_officer", commune.pk]
        teams = [t for t in self.demo.by_commune[commune.pk] if t.since_on < self.demo.today]
        drawn = [self._line(t) for t in teams if self.random.random() > WITHOUT]
        if commune.pk == self.demo.example.pk:  # whose officer has two names to put right
            drawn[1:3] = [
                (line._replace(name=TOLD[number].join(name.split("_"))), name)
                for number, (line, name) in enumerate(drawn[1:3])
            ]
            self.kept = {line.team.pk for line, _name in drawn[1:3]}
        lines = [line for line, _name in drawn]
        right = {line.team.pk: name for line, name in drawn}
        if not lines:
            return
        latest = max(line.opened_on for line in lines)
        written = min(clock.office(self.random, latest), self.demo.now)
        channels = import_channels(
            lines=lines, unit=commune, by=officer, file_name="nhom-zalo.xlsx", now=written
        )
        self._mend(channels, right, commune, officer, written)

    def _line(self, team) -> tuple[ChannelLine, str]:
        """(the group as it was first written down, its right name)."""
        random, hamlet = self.random, self.places[self.demo.tempers[team.pk].hamlet]
        forms = self.naming.forms(hamlet.pk)
        name = forms[-1 if random.random() < OTHER_FORM else 0].text
        first = name
        if hamlet.pk != self.shown and random.random() < WRONG_AT_FIRST:
            first = mistaken(random, name)
        opened = max(team.since_on, self.demo.start) + dt.timedelta(days=random.randint(1, 25))
        opened = min(opened, self.demo.today - dt.timedelta(days=1))
        return ChannelLine(
            place=hamlet,
            platform=self.zalo,
            name=first,
            opened_on=opened,
            team=team,
            link=self._link() if random.random() < 0.4 else "",
            member_count=random.randint(20, 260),
        ), name

    def _mend(self, channels, right: dict, commune, officer, written: dt.datetime) -> None:
        """Later the officer looks through them again: names, and when each was last active."""
        since, today = written.date(), self.demo.today
        if (today - since).days < 5:
            return
        day = since + dt.timedelta(days=self.random.randint(3, (today - since).days - 1))
        if commune.pk == self.demo.example.pk:
            day = today - dt.timedelta(days=1)
        day = clock.working_day(day, step=-1)
        lines = [self._again(channel, right[channel.team_id], day) for channel in channels]
        if commune.pk != self.demo.example.pk:
            lines = [line for line in lines if line.name != line.channel.name]
        if not lines:
            return
        now = max(clock.office(self.random, day), written)
        import_channels(
            lines=lines, unit=commune, by=officer, file_name="nhom-zalo-lan-2.xlsx", now=now
        )

    def _again(self, channel, right: str, day: dt.date) -> ChannelLine:
        stays = self.random.random() < STAYS_WRONG or channel.team_id in self.kept
        back = self.random.choice([0, 0, 1, 1, 2, 4, 9, 30])
        return ChannelLine(
            place=channel.place,
            platform=self.zalo,
            name=channel.name if stays else right,
            team=channel.team,
            channel=channel,
            last_active_on=max(channel.opened_on, day - dt.timedelta(days=back)),
        )

    # -- who is in the common groups -----------------------------------------------------------

    def _fill(self, common) -> None:
        """Who must be in a common group is ticked; in the example's the enterprise is missing."""
        example = next(each for each in common if each.place_id == self.demo.example.pk)
        others = [each for each in common if each is not example]
        chosen = self.random.sample(others, min(COMPLETE + WITH_SOME, len(others)))
        wanted = [example, *chosen]
        units = {channel.pk: channel.place_id for channel in wanted}
        lists = checklists(wanted, units, self.demo.today)
        for number, channel in enumerate(wanted):
            needed = lists[channel.pk].needed
            if channel is example or number > COMPLETE:
                needed = needed[:-1] if channel is example else needed[: self.random.randint(1, 3)]
            self._tick(channel, needed)

    def _tick(self, channel, needed) -> None:
        latest = (self.demo.today - channel.opened_on).days
        day = channel.opened_on + dt.timedelta(days=self.random.randint(1, max(latest - 1, 1)))
        day = clock.working_day(day, step=-1)
        officer = self.demo.accounts["commune_officer", channel.place_id]
        for each in needed:
            if each.holders:
                tick_presence(
                    channel=channel,
                    required=each.required,
                    posting=each.holders[0].posting,
                    on=day,
                    by=officer,
                    now=clock.office(self.random, day),
                )

    # -- small things --------------------------------------------------------------------------

    def _link(self) -> str:
        self.number += 1
        return f"https://zalo.me/g/minhhoa{self.number:05d}"
