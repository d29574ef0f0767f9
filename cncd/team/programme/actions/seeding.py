"""Loading the packaged catalogue: what is missing is added, what stands stays as it is."""

import datetime as dt
from collections import Counter as Tally
from textwrap import shorten

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Level
from cncd.team.programme.models import (
    ActivityKind,
    Check,
    Content,
    Counter,
    DifficultyCategory,
    DueRule,
    Indicator,
    Language,
    Measure,
    PeriodScheme,
    Platform,
    Sheet,
    SheetLine,
    Source,
)
from cncd.team.programme.packaged import CounterWords, dates, table
from cncd.team.teams.models import Component

from .errors import NotSetUp
from .rights import may_change

LAST_MINUTE = dt.time(23, 59)


@transaction.atomic
def seed_programme(*, by=None, since: dt.date = dt.date(2022, 1, 1), now=None) -> dict[str, int]:
    """Adds whatever of the packaged programme is missing; returns how many rows of each kind.

    Running it again adds nothing and changes nothing a person has changed. Raises NotSetUp before
    the levels of administration are loaded.
    """
    may_change(by)
    levels = {level.code: level for level in Level.objects.all()}
    if not {"hamlet", "commune"} <= levels.keys():
        raise NotSetUp(_("Load the administrative units first; the programme needs their levels."))
    added: Tally = Tally()
    _seed_catalogues(since, added)
    new = _seed_measures(since, levels, added)
    _seed_indicators(since, added)
    _seed_checks(since, added)
    _seed_sheets(since, levels, new, added)
    scheme = _seed_schemes(since, levels, added)
    for path in settings.PROGRAMME_SEEDS:
        added.update(import_string(path)(since))
    found = dict(+added)
    if found:
        record(event="programme.seeded", subject=scheme, by=by, after=found, now=now)
    return found


def _add(model, rows, added: Tally) -> list:
    """Makes the rows (fields by name) whose code does not stand yet; returns those made."""
    standing = set(model.objects.values_list("code", flat=True))
    made = model.objects.bulk_create(model(**row) for row in rows if row["code"] not in standing)
    added[model._meta.model_name] += len(made)
    return made


def _dated(name: str, since: dt.date):
    """The rows of a file that are ever in force, with `since_on`, `until_on` and their order."""
    for order, row in enumerate(table(name), 1):
        if span := dates(row, since):
            plain = {key: value for key, value in row.items() if key not in ("since", "until")}
            yield plain | span | {"order": order * 10}


def _without(row: dict, *names: str) -> dict:
    return {key: value for key, value in row.items() if key not in names}


def _seed_catalogues(since: dt.date, added: Tally) -> None:
    platforms = (_without(row, "order") for row in _dated("platforms", since))
    _add(Platform, [row | {"search_key": fold(row["name"])} for row in platforms], added)
    _add(ActivityKind, _dated("kinds", since), added)
    known = {platform.code: platform for platform in Platform.objects.all()}
    contents = [
        row
        | {"platform": known.get(row["platform"])}
        | {"search_key": fold(f"{row['name']} {row['short_name']}")}
        for row in _dated("contents", since)
    ]
    _add(Content, contents, added)
    languages = (_without(row, "since_on", "until_on") for row in _dated("languages", since))
    _add(Language, languages, added)
    _add(DifficultyCategory, _dated("difficulties", since), added)


# -- measures ---------------------------------------------------------------------------------


def _seed_measures(since: dt.date, levels, added: Tally) -> list[dict]:
    """Adds measures with their sources; returns the rows of those that are new."""
    standing = {measure.code: measure for measure in Measure.objects.all()}
    rows = [
        row
        for row in (*_dated("measures", since), *_components(since))
        if row["code"] not in standing
    ]
    wholes = [row for row in rows if not row["split_of"]]
    splits = [row for row in rows if row["split_of"]]
    for part in (wholes, splits):
        fresh = [Measure(**_measure_of(row, levels, standing)) for row in part]
        standing |= {measure.code: measure for measure in Measure.objects.bulk_create(fresh)}
    added["measure"] += len(rows)
    counters = _counters({row["source"] for row in rows})
    Source.objects.bulk_create(
        Source(
            measure=standing[row["code"]],
            counter=counters.get(row["source"]),
            since_on=row["since_on"],
        )
        for row in rows
    )
    return [row | {"measure": standing[row["code"]]} for row in rows]


def _measure_of(row: dict, levels, standing) -> dict:
    return _without(row, "source", "sheets", "required") | {
        "factor": int(row["factor"] or 1),
        "level": levels[row["level"]],
        "split_of": standing.get(row["split_of"]),
        "yes_no": row["yes_no"] == "yes",
    }


def _components(since: dt.date):
    """Members by component (thành phần) are a split for each component there is."""
    rows = {row["code"]: row for row in _dated("measures", since)}
    order = rows["TC04.doan"]["order"]
    for place, component in enumerate(Component.objects.all(), 1):
        yield rows["TC04"] | {
            "code": f"TC04.{component.code}"[:30],
            "name": f"Thành viên Tổ, thành phần: {component.name}",
            "short_name": shorten(f"Trong đó: {component.name}", 60, placeholder="…"),
            "split_of": "TC04",
            "split_name": shorten(component.name, 60, placeholder="…"),
            "source": f"teams:members:component={component.code}",
            "order": order + min(place, 9),
        }


def _counters(texts: set[str]) -> dict[str, Counter]:
    """Text of the file → its counter, the same row for the same words; "" (asked) has none."""
    standing = list(Counter.objects.all())
    found = {}
    for text in sorted(texts - {""}):
        words = CounterWords.read(text)
        same = [c for c in standing if (c.room, c.counts, c.filters) == words]
        found[text] = same[0] if same else Counter.objects.create(**words._asdict())
    return found


# -- what stands on measures ------------------------------------------------------------------


def _seed_indicators(since: dt.date, added: Tally) -> None:
    measures = {measure.code: measure for measure in Measure.objects.all()}
    rows = []
    for row in _dated("indicators", since):
        is_ratio = bool(row["num"])
        rows.append(
            _without(row, "num", "den", "set", "headline")
            | {
                "pillar": row["code"][:2],
                "measure": None if is_ratio else measures[row["code"]],
                "numerator": measures.get(row["num"]),
                "denominator": measures.get(row["den"]),
                "direction": int(row["direction"]),
                "is_core": row["set"] == "core",
                "is_headline": row["headline"] == "yes",
                "min_denominator": int(row["min_denominator"] or 0),
                "search_key": fold(f"{row['code']} {row['name']} {row['short_name']}")[:400],
            }
        )
    _add(Indicator, rows, added)


def _seed_checks(since: dt.date, added: Tally) -> None:
    measures = {measure.code: measure for measure in Measure.objects.all()}
    rows = [
        row
        | {"left": measures.get(row["left"]), "right": measures.get(row["right"])}
        | {"factor": int(row["factor"]), "floor": int(row["floor"]), "since_on": since}
        for row in table("checks")
    ]
    _add(Check, rows, added)


def _seed_sheets(since: dt.date, levels, new: list[dict], added: Tally) -> None:
    """Every level gets a sheet; a figure that is new to the programme goes onto its sheets."""
    having = set(Sheet.objects.values_list("level__code", flat=True))
    for code in levels.keys() - having:
        Sheet.objects.create(level=levels[code], name=f"Biểu cấp {levels[code]}", since_on=since)
        added["sheet"] += 1
    sheets = Sheet.objects.filter(until_on=None).select_related("level")
    SheetLine.objects.bulk_create(
        SheetLine(
            sheet=sheet,
            measure=row["measure"],
            order=row["order"],
            required=row["required"] == "yes" and sheet.level.code != "province",
        )
        for sheet in sheets
        for row in new
        if sheet.level.code in row["sheets"].split()
    )


def _seed_schemes(since: dt.date, levels, added: Tally) -> PeriodScheme:
    """Both schemes with the plan's rule: every level on the last day (II.2.8, IV.3)."""
    in_use = PeriodScheme.objects.filter(in_use=True).exists()
    rows = [
        row | {"first_day": int(row["first_day"]), "in_use": bool(row["in_use"]) and not in_use}
        for row in table("schemes")
    ]
    _add(PeriodScheme, rows, added)
    having = set(DueRule.objects.values_list("scheme", "level"))
    made = DueRule.objects.bulk_create(
        DueRule(scheme=scheme, level=level, since_on=since, at_time=LAST_MINUTE)
        for scheme in PeriodScheme.objects.all()
        for level in levels.values()
        if (scheme.pk, level.pk) not in having
    )
    added["duerule"] += len(made)
    return PeriodScheme.objects.get(in_use=True)
