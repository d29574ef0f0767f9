"""Every change to pilots and plans of replication."""

from cncd.results.pilots.actions.beginning import (
    begin_pilot,
    change_pilot,
    restore_pilot,
    withdraw_pilot,
)
from cncd.results.pilots.actions.comparing import add_comparison, choose_comparisons, replace_unit
from cncd.results.pilots.actions.costing import mark_costs
from cncd.results.pilots.actions.errors import AllServed
from cncd.results.pilots.actions.lessons import add_lesson, withdraw_lesson
from cncd.results.pilots.actions.replicating import (
    answer_plan,
    approve_plan,
    change_plan,
    draft_plan,
    move_commune,
    recount_plan,
    reopen_plan,
    restore_plan,
    send_plan,
    withdraw_plan,
)
from cncd.results.pilots.actions.synthesising import confirm_synthesis, write_synthesis
from cncd.results.pilots.actions.values import clear_value, state_value, take_values

__all__ = [
    "AllServed",
    "add_comparison",
    "add_lesson",
    "answer_plan",
    "approve_plan",
    "begin_pilot",
    "change_pilot",
    "change_plan",
    "choose_comparisons",
    "clear_value",
    "confirm_synthesis",
    "draft_plan",
    "mark_costs",
    "move_commune",
    "recount_plan",
    "reopen_plan",
    "replace_unit",
    "restore_pilot",
    "restore_plan",
    "send_plan",
    "state_value",
    "take_values",
    "withdraw_lesson",
    "withdraw_pilot",
    "withdraw_plan",
    "write_synthesis",
]
