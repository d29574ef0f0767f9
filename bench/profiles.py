"""Where the time of one kind of request goes: `python -m bench.one --profile send`."""

import cProfile
import pstats
import traceback
from collections import Counter

from django.db import connection

from bench import paper
from bench.browser import in_process
from bench.machine import percentiles
from bench.outbox import envelope
from bench.pages import taken
from bench.people import Cast, known, signed_in

SHOWN = 45


def profile(name: str, rounds: int) -> None:
    """Prints the functions and the lines of this program that cost most."""
    from cncd.config.wsgi import application

    act = ACTS[name](Cast(), in_process(application))
    act(0, plainly)
    asked, profiler = Counter(), cProfile.Profile()

    def note(execute, sql, params, many, context):
        asked[_ours()] += 1
        return execute(sql, params, many, context)

    def noting(ask):
        with connection.execute_wrapper(note):
            return ask()

    act(1, noting)
    plain = [act(2 + number, plainly) for number in range(rounds)]
    for number in range(rounds):
        act(2 + rounds + number, profiler.runcall)
    print("by the clock:", percentiles([answer.seconds for answer in plain]))
    print("processor:", percentiles([answer.cpu for answer in plain]))
    print(f"{asked.total()} queries")
    for line, count in asked.most_common():
        print(f"{count:4d}  {line}")
    pstats.Stats(profiler).sort_stats("cumtime").print_stats("cncd/", SHOWN)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(SHOWN)


def _ours() -> str:
    """The lines of our own code that led to a query, nearest last."""
    frames = [f for f in traceback.extract_stack() if "/cncd/" in f.filename]
    names = [f"{f.filename.rpartition('/cncd/')[2]}:{f.lineno}" for f in frames[-3:]]
    return " > ".join(names)


def _page(login: str, path: str):
    def prepare(cast, door):
        browser = signed_in(door, login)
        team = next((t for t, user in cast.leaders.items() if user.login == login), None)
        address = path.format(team=team, month=cast.period.code)

        def act(number, run):
            return run(lambda: browser.get(address))

        return act

    return prepare


def _log(cast, door):
    leaders = list(cast.leaders.values())
    browsers = [known(door, user) for user in leaders[::40]]
    address = paper.tile_of(browsers[0])

    def act(number, run):
        browser = browsers[number % len(browsers)]
        fields = paper.log_form(browser, address, 3)
        return run(lambda: taken(browser.post(address, fields)))

    return act


def _entries(cast, door):
    """Twenty entries in one request, as a phone sends that was away."""
    senders = [(team, known(door, user)) for team, user in list(cast.leaders.items())[::40]]

    def act(number, run):
        team, browser = senders[number % len(senders)]
        made = [envelope(team, each) for each in range(20)]
        return run(lambda: browser.outbox(made))

    return act


def plainly(ask):
    return ask()


def _send(cast, door):
    teams = iter([team for commune in cast.communes for team in cast.unsent(commune)])

    def act(number, run):
        team = next(teams)
        browser = known(door, cast.leaders[team])
        address, fields = paper.report_form(browser, team, cast.period.code)
        return run(lambda: paper.send(browser, address, fields)[-1])

    return act


def _grid(cast, door):
    communes = iter([commune for commune in cast.communes if cast.unsent(commune)])

    def act(number, run):
        commune = next(communes)
        browser = known(door, cast.officers[commune.pk])
        fields = paper.grid_form(browser, cast.unsent(commune))
        return run(lambda: taken(browser.post("/reports/entry/", fields)))

    return act


def _files(cast, door):
    places = list(cast.district_officers)

    def act(number, run):
        place = places[number % len(places)]
        browser = known(door, cast.district_officers[place])
        codes = cast.imported_codes(place)
        file = paper.old_reports(browser, cast.oldest, codes, number)
        return run(lambda: paper.take_over(browser, *file)[-1])

    return act


ACTS = {
    "desk": _page("canbotinh", "/desk/"),
    "indicators": _page("canbotinh", "/desk/indicators/"),
    "grid": _page("canbotinh", "/desk/grid/"),
    "commune": _page("canboxa", "/desk/"),
    "phone": _page("totruong", "/m/"),
    "draft": _page("totruong", "/reports/write/{team}/{month}/"),
    "log": _log,
    "entries": _entries,
    "send": _send,
    "send-grid": _grid,
    "files": _files,
}
