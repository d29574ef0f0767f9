"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "channel.registered": _("{actor} entered the group “{subject}”"),
    "channel.changed": _("{actor} changed the group “{subject}”"),
    "channel.closed": _("{actor} closed the group “{subject}”"),
    "channel.reopened": _("{actor} opened the group “{subject}” again"),
    "channel.withdrawn": _("{actor} took the group “{subject}” out of the register"),
    "channel.restored": _("{actor} brought the group “{subject}” back"),
    "channels.imported": _("{actor} entered {count} groups from a file, {added} of them new"),
    "presence.ticked": _("{actor} noted who is in the group “{subject}”: {required}"),
    "presence.cleared": _("{actor} noted who left the group “{subject}”: {required}"),
    "name_rule.changed": _("{actor} changed how groups of a level are named: {level}"),
    "required_member.changed": _("{actor} changed who must be in a common group: {name}"),
}

FIELDS = {
    "name": _("name of the group"),
    "platform": _("platform"),
    "link": _("link"),
    "agency": _("agency"),
    "runner": _("who runs it"),
    "admins": _("other administrators"),
    "member_count": _("members of the group"),
    "last_active_on": _("last active on"),
    "opened_on": _("opened on"),
    "closed_on": _("closed from"),
    "is_common": _("common group"),
    "member": _("member"),
    "patterns": _("forms of the name"),
    "on": _("from"),
    "file_name": _("file"),
}
