"""The table of gaps: a row per unit or team, a column per topic."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Column, List
from cncd.work.training.wording_of_gaps import GRADES, TONES


class GapRow:
    """A unit or a team with its gap by topic id."""

    def __init__(self, pk, name, sort_key, gaps, address=""):
        self.pk, self.name, self.sort_key, self.address = pk, name, sort_key, address
        self.by_topic = {each.topic.pk: each.gap for each in gaps}
        self.members = max((gap.members for gap in self.by_topic.values()), default=0)
        self.most = max((gap.points for gap in self.by_topic.values()), default=0)


def in_words(gap) -> str:
    """ "21, much is lacking"."""
    if not gap.members:
        return str(GRADES[gap.grade])
    return gettext("%(points)s: %(words)s") % {"points": gap.points, "words": GRADES[gap.grade]}


def _column(topic) -> Column:
    return Column(
        f"t{topic.pk}", topic.short_name, kind="badge",
        value=lambda row: in_words(row.by_topic[topic.pk]),
        tone=lambda row: TONES[row.by_topic[topic.pk].grade],
        sort=lambda row: row.by_topic[topic.pk].points,
        excel=lambda row: row.by_topic[topic.pk].points,
    )  # fmt: skip


class GapList(List):
    """Its columns follow the topics of the day."""

    title = _("What teams still have to learn")
    name = "nang-luc"
    template = "training/gaps.html"
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=lambda row: row.address),
        Column("members", _("Members"), kind="number", sort="members"),
    ]
    order = ("-most", "sort_key")
    search_fields = ["name"]
    search_hint = _("Find a unit or team")
    empty = _("No team is in force here, so there is nothing to compare yet.")

    def __init__(self, request, rows, *, topics, **options):
        self.columns = [*type(self).columns, *map(_column, topics)]
        super().__init__(request, rows, **options)
