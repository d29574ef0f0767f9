"""The packaged topics: named in `settings.PROGRAMME_SEEDS`."""

import csv
import datetime as dt
from importlib.resources import files

from cncd.team.programme.models import Content
from cncd.work.training.models import Topic


def seed_topics(since: dt.date) -> dict[str, int]:
    """Adds the topics that are missing: the five basic digital skills and what teams need (II.2.6).

    Inside the transaction and entry of the programme. Returns how many rows of each kind; what
    stands stays as it is.
    """
    text = files("cncd.work.training").joinpath("data", "topics.csv").read_text("utf-8")
    standing = set(Topic.objects.values_list("code", flat=True))
    contents = {content.code: content for content in Content.objects.all()}
    added = 0
    for order, row in enumerate(csv.DictReader(text.splitlines()), 1):
        if row["code"] in standing:
            continue
        topic = Topic.objects.create(
            code=row["code"], name=row["name"], short_name=row["short_name"],
            is_basic_skill=row["basic"] == "yes", clause=row["clause"], order=order * 10,
            since_on=since,
        )  # fmt: skip
        topic.contents.set([contents[code] for code in row["contents"].split() if code in contents])
        added += 1
    return {"topic": added} if added else {}
