"""10,000 open difficulties past their day climb one level, in one run of the job."""

import time
from datetime import timedelta

from django.utils import timezone

from bench.pages import counted_queries
from cncd.team.programme.models import DifficultyCategory
from cncd.team.teams.models import Team
from cncd.work.difficulties.actions import (
    PastDifficulty,
    climb_overdue,
    keep_owned,
    keep_past_difficulties,
)
from cncd.work.difficulties.models import Case
from cncd.work.difficulties.queries import suggestions

MANY = 10_000
TEXTS = (
    "Cuối ấp sóng yếu", "Chưa có kinh phí xăng xe", "Người lớn tuổi chưa có điện thoại thông minh",
    "Cổng dịch vụ công báo lỗi khi tải tệp", "Bà con sợ lừa đảo nên ngại cài ứng dụng",
)  # fmt: skip


def measure() -> dict:
    """{"made", "climbed", "climbed_again", "kept_owned", "suggested": {"seconds", "queries"}}."""
    made = timed(make)
    owned = timed(keep_owned)
    before = Case.objects.climbable().filter(due_at__lte=timezone.now()).count()
    climbed = timed(climb_overdue)
    return {
        "open_and_overdue": before,
        "made": made,
        "kept_owned": owned,
        "climbed": climbed,
        "climbed_again": timed(climb_overdue),
        "suggested": timed(lambda: len(suggestions(Case.objects.open()))),
    }


def make() -> int:
    """So many, raised a month ago by all teams in turn, and never answered."""
    at = timezone.now() - timedelta(days=30)
    kind = DifficultyCategory.objects.first().pk
    teams = list(Team.objects.order_by("pk"))
    lines = [
        PastDifficulty(
            teams[number % len(teams)], "", kind, f"{TEXTS[number % len(TEXTS)]} {number}", None,
            at, at.date(),
        )
        for number in range(MANY)
    ]  # fmt: skip
    return keep_past_difficulties(lines=lines)


def timed(act) -> dict:
    """Seconds, queries, and what it gave."""
    with counted_queries() as count:
        clock = time.perf_counter()
        found = act()
        seconds = time.perf_counter() - clock
    return {"seconds": round(seconds, 2), "queries": count["queries"], "found": found}
