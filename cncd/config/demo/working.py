"""What the teams of the demo did, month by month: their logs, one batch for each commune."""

from cncd.config.demo import months
from cncd.config.demo.ground import PILOTS
from cncd.team.programme.models import Content
from cncd.work.activities.actions import log_batch

KHMER = {"942", "947", "950", "951"}  # districts


class Working:
    """Draws and writes the logs of a `build.Demo`; gives it each team's temper."""

    def __init__(self, demo):
        self.demo = demo
        self.life = demo.life = months.Life(demo.random, demo.today, _in_force(demo.periods))

    def build(self) -> None:
        demo, communes = self.demo, self.demo.communes
        demo.tempers = {}
        for number, commune in enumerate(communes):
            demo.tell("Việc của các Tổ", 0.37 + 0.25 * number / len(communes))
            lines = []
            for team in demo.by_commune[commune.pk]:
                temper = demo.tempers[team.pk] = self._temper(team, commune)
                for period in demo.periods:
                    lines += self.life.logs(team, temper, demo.authors[team.pk], period)
            officer = demo.accounts["commune_officer", commune.pk]
            log_batch(lines=lines, by=officer, subject=commune, confirmed=True)

    def _temper(self, team, commune) -> months.Temper:
        demo, code = self.demo, self.demo.district_code.get(commune.parent_id, "")
        lively = 1.8 if team.is_pilot or code in PILOTS or commune is demo.example else 1
        town = "" if commune.kind_name == "Xã" else commune.kind_name.lower()
        temper = months.Temper(demo.random, lively=lively, khmer=code in KHMER, town=town)
        temper.lives_at(*demo.homes.of(team))
        return temper


def _in_force(periods) -> dict:
    """First day → codes of the contents teams like that were in force then."""
    favourites = Content.objects.filter(code__in=months.FAVOURITES)
    return {
        period.first_day: list(favourites.on(period.first_day).values_list("code", flat=True))
        for period in periods
    }
