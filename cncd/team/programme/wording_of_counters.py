"""What the words of counters mean, for people: rooms, what they count, and their filters."""

from django.utils.translation import gettext_lazy as _

ROOMS = {
    "activities": _("Activity log"),
    "teams": _("Register of teams"),
    "reports": _("Monthly reports"),
    "registers": _("Register of products and storefronts"),
    "households": _("Household register"),
    "channels": _("Register of groups"),
    "directives": _("Book of what is asked"),
    "difficulties": _("Difficulties raised"),
    "broadcasts": _("Broadcast log"),
    "money": _("Money book"),
    "training": _("Training book"),
    "rewards": _("Register of commendations"),
}
COUNTS = {
    ("activities", "reached"): _("households reached, each once; estimated where no list is kept"),
    ("activities", "reached_year"): _(
        "households named since January, each once; at least so many were reached"
    ),
    ("teams", "self"): _("the unit itself, counted as one"),
    ("teams", "members"): _("number of members taking part"),
    ("teams", "complete"): _("whether the composition rules are kept"),
    ("teams", "hamlets"): _("number of hamlets"),
    ("teams", "hamlets_with_team"): _("number of hamlets with a team"),
    ("reports", "on_time"): _("reports sent on time"),
    ("reports", "due"): _("reports due"),
    ("registers", "recognised"): _("OCOP products whose recognition is in force"),
    ("registers", "products"): _("products"),
    ("registers", "shops_opened"): _("storefronts opened in the period"),
    ("registers", "shops_open"): _("storefronts that sell at the end of the period"),
    ("registers", "selling"): _("owners with a storefront or a product on a floor"),
    ("registers", "payable"): _("owners that can be paid electronically"),
    ("registers", "committed"): _("owners that signed for quality"),
    ("households", "households"): _("number of households"),
    ("households", "businesses"): _("number of business households"),
    ("households", "adults"): _("number of adults"),
    ("channels", "named_right"): _("whether the team has a group that is named right"),
    ("broadcasts", "times"): _("times the unit itself broadcast"),
    ("money", "spent"): _("what the unit itself spent, in đồng"),
    ("channels", "complete_common"): _("whether the common group holds all it must"),
    ("difficulties", "raised"): _("difficulties the team raised in the period"),
    ("difficulties", "due"): _("answers to difficulties due in the period, at whatever level"),
    ("difficulties", "in_time"): _("difficulties answered by the day they were due"),
    ("directives", "due"): _("what was asked and due in the period"),
    ("directives", "done_in_time"): _("what was asked, due in the period and done in time"),
    ("training", "attended"): _("members who came to a course, each once a course"),
    ("training", "trained"): _("members who have completed a course"),
    ("training", "classes"): _("classes for citizens begun in the period"),
    ("training", "learners"): _("citizens who came to a class, each once a class"),
    ("rewards", "given"): _("teams and members named in decisions of the unit itself"),
    ("rewards", "teams"): _("teams named in decisions of the unit itself"),
    ("rewards", "members"): _("members named in decisions of the unit itself"),
}
FILTERS = {
    ("registers", "kind"): (
        _("kind: %(names)s"),
        {
            "ocop": "OCOP",
            "farm": _("farm product"),
            "local": _("local speciality"),
            "household": _("household"),
            "cooperative": _("cooperative"),
            "group": _("cooperative group"),
            "enterprise": _("enterprise"),
        },
    ),
    ("registers", "rank"): (
        _("recognised as: %(names)s"),
        {
            "3": _("3 stars"),
            "4": _("4 stars"),
            "5": _("5 stars"),
            "potential": _("potential 5 stars"),
        },
    ),
    ("registers", "on_floor"): (
        _("on a floor: %(names)s"),
        {"listed": _("not checked yet"), "verified": _("checked")},
    ),
}
LABELS = {
    "kind": _("kind: %(names)s"),
    "content": _("content: %(names)s"),
    "language": _("language: %(names)s"),
    "component": _("component: %(names)s"),
}
PLAIN = {"gender": _("women"), "union": _("Youth Union members")}


def room_in_words(room: str) -> str:
    """Which book a room is: "Activity log"."""
    return str(ROOMS.get(room, room))
