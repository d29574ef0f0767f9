"""The six groups of the OCOP programme: named in `settings.PROGRAMME_SEEDS`."""

import csv
import datetime as dt
from importlib.resources import files

from cncd.work.registers.models import ProductGroup


def seed_groups(since: dt.date) -> dict[str, int]:
    """Adds the product groups that are missing, inside the transaction and entry of the programme.

    Returns how many rows of each kind; what stands stays as it is.
    """
    text = files("cncd.work.registers").joinpath("data", "groups.csv").read_text("utf-8")
    standing = set(ProductGroup.objects.values_list("code", flat=True))
    made = ProductGroup.objects.bulk_create(
        ProductGroup(**row, order=order * 10, since_on=since)
        for order, row in enumerate(csv.DictReader(text.splitlines()), 1)
        if row["code"] not in standing
    )
    return {"productgroup": len(made)} if made else {}
