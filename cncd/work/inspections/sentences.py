"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "inspection.planned": _("{actor} planned inspections on {planned_on}: {count}"),
    "inspection.changed": _("{actor} changed the inspection of {subject}"),
    "inspection.withdrawn": _("{actor} withdrew the inspection of {subject}"),
    "inspection.restored": _("{actor} brought back the inspection of {subject}"),
    "inspection.opened": _("{actor} opened the inspection of {subject}: {items} items"),
    "inspection.closed": _(
        "{actor} concluded the inspection of {subject}: {met} of {looked_at} met"
    ),
    "inspection.reopened": _("{actor} opened the concluded inspection of {subject} again"),
    "finding.made": _("{actor} wrote down findings of the inspection of {subject}"),
    "finding.answered": _("{actor} said how a finding was put right: {finding}"),
    "finding.settled": _("{actor} confirmed that a finding is put right: {finding}"),
    "finding.returned": _("{actor} returned the answer to a finding: {finding}"),
    "checklist.grown": _("{actor} added to the checklist: {text}"),
    "checklist.changed": _("{actor} changed the checklist: {text}"),
    "checklist.shortened": _("{actor} took off the checklist: {text}"),
    "checklist.taken": _("{actor} took the packaged checklists: {count} items"),
}

FIELDS = {
    "planned_on": _("day"),
    "leader": _("head of the inspection"),
    "party": _("other members"),
    "count": _("how many"),
    "conclusion": _("conclusion"),
    "items": _("items"),
    "met": _("met"),
    "looked_at": _("looked at"),
    "finding": _("finding"),
    "text": _("what is looked at"),
    "since_on": _("from"),
    "until_on": _("until"),
}
