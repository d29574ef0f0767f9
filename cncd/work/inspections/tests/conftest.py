"""An inspection of the team of Mỹ Phước by its commune, and of the commune by its district."""

import datetime as dt

import pytest
import time_machine

from cncd.work.inspections import actions
from cncd.work.inspections.models import Finding
from tests.cast import TODAY

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def checklists(cast, frozen):
    actions.take_packaged(by=cast.ha, since_on=dt.date(2026, 1, 1))


def planned(subject, inspecting, by, day=TODAY):
    rows = actions.plan_inspections(
        inspecting=inspecting, subjects=[subject], planned_on=day, leader=by.person, by=by
    )
    return rows[0]


def looked_at(inspection, by, unmet: int = 1):
    """Opened, every item met but the first so many."""
    found = actions.open_inspection(inspection=inspection, by=by)
    rows = list(found.findings.all())
    lines = {row.pk: actions.Line("met") for row in rows[unmet:]}
    actions.note_findings(inspection=found, lines=lines, by=by, version=found.version)
    for row in rows[:unmet]:
        actions.change_finding(
            finding=row,
            result=Finding.Result.UNMET,
            note="Danh sách chưa cập nhật",
            remedy="Kiện toàn lại danh sách",
            answerable=by.person,
            due_on=TODAY + 10 * DAY,
            by=by,
        )
    found.refresh_from_db()
    return found


def concluded(inspection, by, unmet: int = 1):
    found = looked_at(inspection, by, unmet)
    return actions.close_inspection(
        inspection=found, conclusion="Cơ bản đạt.", by=by, version=found.version
    )


@pytest.fixture
def team_inspection(cast, checklists):
    return planned(cast.team, cast.nhon_my, cast.lan)


@pytest.fixture
def finding(cast, team_inspection):
    return concluded(team_inspection, cast.lan).findings.get(result="unmet")
