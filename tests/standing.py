"""An installation older than the registers: what they count now is still asked by hand there."""

from cncd.team.programme.models import Source
from cncd.team.programme.queries.memory import forget

REGISTERS = (
    *("registers", "households", "channels", "broadcasts", "difficulties", "money"),
    "rewards",
)


def ask_by_hand() -> None:
    """No figure comes from a register; TC10 is asked too."""
    counted = Source.objects.filter(counter__room__in=REGISTERS)
    reached = Source.objects.filter(counter__room="activities", counter__counts="reached_year")
    (counted | reached).update(counter=None)
    forget()
