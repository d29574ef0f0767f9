"""What the clock changes in the totals."""

from django.utils import timezone
from django_tasks import task

from cncd.foundation.places.models import Level
from cncd.results.totals.actions import rebuild
from cncd.results.totals.actions import recount_noted as recount
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.models import PeriodDue


@task
def count_the_overdue() -> None:
    """Makes a month over once its due moment has passed: from then on the silent count as late."""
    lowest = Level.objects.order_by("-rank").values("pk")[:1]  # none before a tree is loaded
    passed = PeriodDue.objects.filter(level__in=lowest, due_at__lte=timezone.now())
    for due in passed.select_related("period"):
        if PlaceTotal.objects.filter(period=due.period, updated_at__lt=due.due_at).exists():
            rebuild(periods=[due.period])


@task
def recount_noted() -> None:
    """Counts what a process that ended too early had only noted."""
    recount()
