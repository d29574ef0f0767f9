"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "paper.drawn": _("{actor} drew up a document: {kind}, {about}"),
    "paper.redrawn": _("{actor} drew the document anew from the figures of {day}"),
    "paper.refreshed": _("{actor} set {count} changed figures in the document"),
    "paper.edited": _("{actor} edited the words of the document"),
    "paper.numbered": _("{actor} entered number {number} of {issued_on}"),
    "paper.attached": _("{actor} attached a signed copy: {file}"),
    "paper.pdf_asked": _("{actor} asked for a PDF of the document"),
    "paper.printed": _("{actor} had the PDF of the document made"),
    "paper.withdrawn": _("{actor} withdrew the document"),
    "paper.restored": _("{actor} brought the document back"),
    "template.added": _("{actor} took an own template into use: {kind}"),
    "template.ended": _("{actor} gave up an own template: {kind}"),
    "root.trusted": _("{actor} trusts the signatures of {name}"),
    "root.distrusted": _("{actor} no longer trusts the signatures of {name}"),
}

FIELDS = {
    "kind": _("kind of document"),
    "about": _("subject"),
    "day": _("figures of the day"),
    "count": _("how many"),
    "revision": _("version of the words"),
    "number": _("number of the document"),
    "issued_on": _("date of issue"),
    "file": _("file"),
    "name": _("authority"),
}
