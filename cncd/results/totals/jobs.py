"""What the clock changes in the totals."""

from django.utils import timezone
from django_tasks import task

from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal
from cncd.results.totals.queries import lowest_level
from cncd.team.programme.models import PeriodDue


@task
def count_the_overdue() -> None:
    """Makes a month over once its due moment has passed: from then on the silent count as late."""
    now = timezone.now()
    passed = PeriodDue.objects.filter(level=lowest_level(), due_at__lte=now)
    for due in passed.select_related("period"):
        if PlaceTotal.objects.filter(period=due.period, updated_at__lt=due.due_at).exists():
            rebuild(periods=[due.period])
