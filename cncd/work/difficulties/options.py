"""How many days each level has to answer a difficulty, by date and place."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.options import Option

MOST = 90


def _days(key: str, label, default: int) -> Option:
    hint = _("Unanswered by then, a difficulty climbs one level by itself (II.2.8).")
    return Option(key, label, default=default, help=hint, least=1, most=MOST)


LEADERS = "difficulties.days_leaders"
OPTIONS = [
    _days("difficulties.days_commune", _("Days a commune has to answer a difficulty"), 5),
    _days("difficulties.days_district", _("Days a district has to answer a difficulty"), 7),
    _days("difficulties.days_province", _("Days the province's office has to answer"), 10),
    _days(LEADERS, _("Days the province's leaders have to answer"), 15),
]
# A level that has no line of its own answers as fast as a commune.
OF_LEVEL = {
    "commune": "difficulties.days_commune",
    "district": "difficulties.days_district",
    "province": "difficulties.days_province",
}
USUAL = "difficulties.days_commune"
