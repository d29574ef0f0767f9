"""Server time of whole pages and entries, through the WSGI application in this process."""

import time
from contextlib import contextmanager

from django.db import connection, transaction

from bench import paper
from bench.browser import Answer, Browser, in_process
from bench.machine import percentiles
from bench.people import Cast, known, signed_in
from cncd.foundation.places.models import Place
from cncd.results.totals import queries as totals
from cncd.results.totals.actions import rebuild
from cncd.team.programme import queries as programme

GRID_COMMUNES = 6  # whose teams are sent in process: by grid and one by one


class Pages:
    """The measurements of one database; `rounds` is how often each page is asked for."""

    def __init__(self, cast: Cast, rounds: int, limit: float):
        self.cast, self.rounds, self.limit = cast, rounds, limit
        from cncd.config.wsgi import application

        self.door = in_process(application)

    def all(self) -> dict:
        """{what: {"p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms", "queries", "kb"}}."""
        province, commune, leader = (
            signed_in(self.door, login) for login in ("canbotinh", "canboxa", "totruong")
        )
        own = self._team_of("totruong")
        month = self.cast.period.code
        found = {
            "province desk": self._page(province, "/desk/"),
            "province inbox": self._page(province, "/desk/inbox/"),
            "province indicators": self._page(province, "/desk/indicators/"),
            "province grid": self._page(province, "/desk/grid/"),
            "commune desk": self._page(commune, "/desk/"),
            "commune grid": self._page(commune, "/desk/grid/"),
            "phone home": self._page(leader, "/m/"),
            "report draft": self._page(leader, f"/reports/write/{own}/{month}/"),
        }
        return found | {"log": self._logs()} | self._reports()

    def _team_of(self, login: str) -> int:
        return next(t for t, user in self.cast.leaders.items() if user.login == login)

    def _page(self, browser: Browser, path: str) -> dict:
        first = self._counted(lambda: browser.get(path))
        answers = self._repeat(lambda _number: browser.get(path))
        return told(answers) | first

    def _logs(self) -> dict:
        """Logs of many teams, one after the other, each with a page of its own opened before."""
        leaders = list(self.cast.leaders.items())[:: len(self.cast.leaders) // 20]
        browsers = [known(self.door, user) for _team, user in leaders]
        address = paper.tile_of(browsers[0])

        def ready(number):
            browser = browsers[number % len(browsers)]
            return browser, paper.log_form(browser, address, 3)

        def log(browser, fields):
            return taken(browser.post(address, fields))

        browser, fields = ready(0)
        first = self._counted(lambda: log(browser, fields))
        return told(self._repeat(lambda number: log(*ready(number)))) | first

    def _reports(self) -> dict:
        """Sending one by one as the teams' leaders do, and all teams of a commune in one grid."""
        communes = [c for c in self.cast.communes if len(self.cast.unsent(c)) > 2]
        mine = communes[:GRID_COMMUNES]
        return {"send": self._singles(mine[::2]), "send a commune": self._grids(mine[1::2])}

    def _singles(self, communes) -> dict:
        month, answers, first = self.cast.period.code, [], {}
        for team in [team for commune in communes for team in self.cast.unsent(commune)]:
            browser = known(self.door, self.cast.leaders[team])
            address, fields = paper.report_form(browser, team, month)
            with counted_queries() as count:
                sent = paper.send(browser, address, fields)
            answers.append(sent[-1])
            first = {"queries": count["queries"]} if len(sent) == 1 else first
        return told(answers) | first

    def _grids(self, communes) -> dict:
        answers, teams = [], []
        for commune in communes:
            browser = known(self.door, self.cast.officers[commune.pk])
            teams.append(self.cast.unsent(commune))
            fields = paper.grid_form(browser, teams[-1])
            with counted_queries() as count:
                answers.append(taken(browser.post("/reports/entry/", fields)))
        return told(answers) | {"teams": [len(each) for each in teams]} | count

    def _counted(self, ask) -> dict:
        with counted_queries() as count:
            answer = ask()
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status}: {answer.text[:2000]}")
        return count | {"kb": round(len(answer.text.encode()) / 1024, 1)}

    def _repeat(self, ask) -> list[Answer]:
        """As often as wanted, as long as the time lasts."""
        end, found = time.monotonic() + self.limit, []
        while len(found) < self.rounds and time.monotonic() < end:
            found.append(ask(len(found)))
        return found


@contextmanager
def counted_queries():
    """How many statements the database was asked meanwhile."""
    count = {"queries": 0}

    def count_one(execute, sql, params, many, context):
        count["queries"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count_one):
        yield count


def taken(answer: Answer) -> Answer:
    if not answer.is_done:
        raise RuntimeError(f"Refused ({answer.status}): {answer.text[:3000]}")
    return answer


def told(answers: list[Answer]) -> dict:
    """Time by the clock, and the processor time of Python alone."""
    cpu = percentiles([answer.cpu for answer in answers])
    return percentiles([answer.seconds for answer in answers]) | {
        "cpu_p50_ms": cpu["p50_ms"],
        "cpu_p95_ms": cpu["p95_ms"],
    }


def roll_ups(cast: Cast, rounds: int) -> dict:
    """The query behind every desk: a place's month, its year, and the month of all communes."""
    year = programme.series(cast.period, 12)
    communes = [place.pk for place in cast.communes]
    questions = {
        "province, one month": ([cast.province.pk], [cast.period]),
        "province, 12 months": ([cast.province.pk], year),
        "its communes, one month": (communes, [cast.period]),
    }
    return {name: timed(lambda asked=asked: totals.of_places(*asked), rounds)
            for name, asked in questions.items()}  # fmt: skip


def timed(ask, rounds: int) -> dict:
    ask()
    spent = []
    for _round in range(rounds):
        start = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - start)
    return percentiles(spent)


def rebuilds(cast: Cast) -> dict:
    """Seconds to drop the totals and make them over: of the running month, and of all months."""
    found = {}
    for name, periods in (("one month", [cast.period]), ("all months", None)):
        clock, cpu = time.perf_counter(), time.process_time()
        with transaction.atomic():
            rebuild(periods=periods)
        found[name] = {
            "seconds": round(time.perf_counter() - clock, 2),
            "cpu_seconds": round(time.process_time() - cpu, 2),
        }
    return found


def sizes(cast: Cast) -> dict:
    """How much the database holds."""
    from cncd.foundation.journal.models import Entry
    from cncd.results.reports.models import Report, ReportVersion
    from cncd.team.programme.models import Indicator, Measure, Period
    from cncd.team.teams.models import Membership, Team
    from cncd.work.activities.models import Activity

    models = (Place, Team, Membership, Activity, Report, ReportVersion, Entry)
    found = {model._meta.model_name: model.objects.count() for model in models}
    found |= {model._meta.model_name: model.objects.count() for model in (Measure, Indicator)}
    return found | {"months": Period.objects.count(), "communes": len(cast.communes)}
