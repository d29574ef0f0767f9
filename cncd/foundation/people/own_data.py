"""Everything kept about one person, in words and tables, for that person."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import queries
from cncd.foundation.people.models import Person, Posting, Substitution
from cncd.foundation.people.rules import spaced_phone


@dataclass(frozen=True)
class Part:
    """One table of somebody's data."""

    title: str
    headings: list[str]
    rows: list[list]

    @property
    def labelled(self) -> list[list[tuple]]:
        """The rows, each value with its heading."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


def ties_of(person: Person) -> list[queries.Tie]:
    """What the person does today."""
    return queries.ties([person], timezone.localdate())[person.pk]


def parts_of(person: Person) -> list[Part]:
    """Every part, empty ones left out; rooms above add theirs.

    `settings.PERSONAL_DATA` names their functions `(person) -> [Part]`.
    """
    own = [make(person) for make in (_about, _account, _postings, _standing_in, _links)]
    more = [part for path in settings.PERSONAL_DATA for part in import_string(path)(person)]
    return [part for part in (*own, *more, _visits(person)) if part.rows]


def _about(person: Person) -> Part:
    rows = [
        [_("Full name"), person.full_name],
        [_("Gender"), person.get_gender_display()],
        [_("Contact phone"), spaced_phone(person.contact_phone)],
        [_("Home"), str(person.home or "")],
    ]
    return Part(_("About me"), [_("What"), _("Value")], rows)


def _account(person: Person) -> Part:
    user = getattr(person, "user", None)
    rows = []
    if user:
        rows = [
            [_("Login name"), user.login],
            [_("Phone for signing in"), spaced_phone(user.phone or "")],
            [_("Opened at"), user.created_at],
            [_("Last signed in at"), user.last_login],
        ]
    return Part(_("Account"), [_("What"), _("Value")], rows)


def _postings(person: Person) -> Part:
    rows = [
        [row.title or row.role.title, str(row.place), str(row.agency or ""), row.since_on,
         row.last_day]
        for row in Posting.objects.filter(person=person).select_related("role", "agency")
    ]  # fmt: skip
    headings = [_("Post"), _("Unit"), _("Agency"), _("From"), _("Until the end of")]
    return Part(_("Posts"), headings, rows)


def _standing_in(person: Person) -> Part:
    rows = [
        [str(row.posting), row.posting.person.full_name, row.since_on, row.last_day]
        for row in Substitution.objects.filter(substitute=person).select_related("posting__person")
    ]
    headings = [_("Post"), _("In place of"), _("From"), _("Until the end of")]
    return Part(_("Standing in"), headings, rows)


def _links(person: Person) -> Part:
    user = getattr(person, "user", None)
    rows = [
        [link.get_purpose_display(), str(link.made_by or ""), link.made_at, link.used_at]
        for link in (user.sign_in_links.select_related("made_by__person")[:50] if user else ())
    ]
    headings = [_("Kind"), _("Made by"), _("Made at"), _("Used at")]
    return Part(_("One-time ways in"), headings, rows)


def _visits(person: Person) -> Part:
    """The last hundred times the person signed in, as the journal has it."""
    user = getattr(person, "user", None)
    at = Entry.objects.filter(event="account.signed_in", actor_id=user.pk) if user else ()
    rows = [[entry.at] for entry in (at[:100] if user else ())]
    return Part(_("Signed in"), [_("When")], rows)


def excel_response(parts: list[Part]):
    """The parts as an Excel file, a sheet each."""
    from openpyxl import Workbook

    from cncd.foundation.kit import sheets

    book = Workbook()
    book.remove(book.active)
    for part in parts:
        sheet = book.create_sheet(sheets.sheet_name(part.title))
        sheet.append(part.headings)
        for row in part.rows:
            sheet.append([sheets.plain(value) for value in row])
    return sheets.excel_response(_("my data"), sheets.saved(book))
