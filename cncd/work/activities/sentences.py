"""How the journal tells what became of an activity."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "activity.logged": _("{actor} wrote down: {subject}"),
    "activity.edited": _("{actor} corrected the entry: {subject}"),
    "activity.photo_added": _("{actor} added a photo to the entry: {subject}"),
    "activity.withdrawn": _("{actor} withdrew the entry: {subject}"),
    "activity.restored": _("{actor} brought back the entry: {subject}"),
    "activities.logged": _("{actor} took over {count} entries at once for {subject}"),
}

FIELDS = {
    "happened_on": _("date"),
    "ended_on": _("last day"),
    "kind": _("kind of work"),
    "times": _("how many activities"),
    "people": _("people helped"),
    "elderly": _("people aged 60 and over"),
    "households": _("households reached"),
    "visited": _("household codes"),
    "contents": _("contents"),
    "languages": _("people by language"),
    "place": _("hamlet"),
    "venue": _("venue"),
    "co_organisers": _("together with"),
    "joint_teams": _("other teams that joined in"),
    "participants": _("how many took part"),
    "photos": _("photos"),
    "note": _("note"),
    "on_behalf": _("entered on behalf of the team"),
    "count": _("entries"),
}
