"""Who runs the mobile networks people know: `settings.PROGRAMME_SEEDS`."""

import datetime as dt

from cncd.work.partners.models import Operator

OPERATORS = [
    ("viettel", "Viettel"),
    ("vinaphone", "VinaPhone"),
    ("mobifone", "MobiFone"),
    ("vietnamobile", "Vietnamobile"),
]


def seed_operators(since: dt.date) -> dict[str, int]:
    """Adds the operators that are missing; returns how many rows of each kind."""
    standing = set(Operator.objects.values_list("code", flat=True))
    made = Operator.objects.bulk_create(
        Operator(code=code, name=name, order=order * 10, since_on=since)
        for order, (code, name) in enumerate(OPERATORS, 1)
        if code not in standing
    )
    return {"operator": len(made)} if made else {}
