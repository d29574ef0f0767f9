"""What is looked at when a life has come to rest."""

from collections import Counter

from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.results.totals.rules import PROVISIONAL
from cncd.work.activities.models import Activity
from tests.drill.truth import COUNTED


def check(life) -> None:
    """All that waited is answered, in words where it was refused; nothing is missing or double."""
    for phone in life.phones:
        for held in phone.held.values():
            assert held.state != "waiting", f"still waiting: {held}"
            if held.state == "recorded":
                assert held.id in life.truth.receipts, f"recorded nowhere: {held}"
            else:
                assert held.why["told"], f"not accepted, and not said why: {held}"
    _check_entries(life)
    _check_totals(life)


def _check_entries(life) -> None:
    rows = {str(row.pk): row for row in Activity.objects.prefetch_related("contents__content")}
    assert rows.keys() == {entry.pk for entry in life.truth.entries.values()}
    for entry in life.truth.entries.values():
        row = rows[entry.pk]
        counts = {each.content.code: each.count for each in row.contents.all()}
        found = (row.team_id, row.recorded_by_id, row.made_at, row.happened_on, row.people)
        said = (entry.team, entry.author, entry.made_at, entry.day, entry.people)
        assert found == said
        assert (row.version, row.withdrawn_at is None) == (entry.version, entry.standing)
        assert counts.get("vneid", 0) == entry.vneid


def _check_totals(life) -> None:
    """What the steps left is what a rebuild gives, and what the receipts add up to."""
    left = _totals()
    sums, frozen = life.truth.sums(), life.truth.reported
    months = {month for _team, month in sums}
    rebuild(periods=[each for each in life.cast.periods if each.code in months])
    assert _totals() == left
    teams, places = left
    found = {key: each for key, each in teams.items() if each and key not in frozen}
    running = {key: figures for key, figures in sums.items() if key not in frozen}
    assert found == running, f"{found} {running}"
    province = str(life.cast.soc_trang.pk)
    for month in months - {month for _team, month in frozen}:
        whole = Counter()
        for (_team, each), figures in sums.items():
            whole.update(figures if each == month else {})
        assert places[province, month] == whole


def _totals() -> tuple[dict, dict]:
    """{(team, month): {measure: figure}}, and of places {…: provisional sum}; what logs count."""
    teams = TeamTotal.objects.values_list("team", "period__code", "figures")
    places = PlaceTotal.objects.values_list("place", "period__code", "figures")
    return (
        {(team, month): _counted(figures) for team, month, figures in teams},
        {(str(place), month): _counted(figures, PROVISIONAL) for place, month, figures in places},
    )


def _counted(figures: dict, column: int | None = None) -> dict:
    held = {code: figures[code] for code in COUNTED if code in figures}
    return held if column is None else {code: each[column] for code, each in held.items()}
