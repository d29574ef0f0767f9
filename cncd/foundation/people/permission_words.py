"""What each permission lets one do, in words; the list of who holds it is in `permissions.py`."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # foundation
    "account.own": _("Look after one's own account"),
    "places.view": _("See the list of administrative units"),
    "places.change": _("Add, rename, merge and split administrative units"),
    "settings.everywhere": _("Choose the settings that hold for everywhere"),
    "hamlets.change": _("Add and change hamlets"),
    "people.view": _("See people and, when needed, their phone numbers"),
    "people.change": _("Add people and correct their details"),
    "people.admit": _("Open accounts, print sign-in slips, reset a sign-in at the counter"),
    "postings.change": _("Post officers, hand over, name substitutes, delegate"),
    "agencies.view": _("See the agencies"),
    "agencies.change": _("Add, rename and replace agencies"),
    "journal.view": _("Read the journal of changes"),
    "files.view": _("Open attached files"),
    "documents.view": _("See decisions and other cited documents"),
    "documents.change": _("Add and correct cited documents"),
    # team
    "teams.view": _("See teams"),
    "teams.form": _("Form, consolidate and dissolve teams by decision"),
    "programme.view": _("See the indicators, contents and deadlines"),
    "programme.change": _("Change the indicators, contents and deadlines"),
    "targets.assign": _("Hand down targets"),
    # work
    "activities.view": _("See what teams have done"),
    "activities.log": _("Log what the team has done"),
    "activities.correct": _("Correct what others of the team have logged"),
    "households.view": _("See the household lists, which hold codes only"),
    "households.change": _("Keep the household lists and the yearly counts"),
    "registers.view": _("See products, storefronts and listings"),
    "registers.enter": _("Enter products, storefronts and listings"),
    "registers.verify": _("Check listings, settle duplicates"),
    "registers.contact": _("See the contacts that owners agreed to give"),
    "partners.view": _("See what enterprises and unions promised"),
    "partners.own": _("See the units that one's own enterprise or union promised to help"),
    "partners.change": _("Record what enterprises and unions promised"),
    "channels.view": _("See the groups on Zalo, Viber, Facebook"),
    "channels.change": _("Keep the register of groups"),
    "channels.rules": _("Change how groups are named and whom they must hold"),
    # results
    "reports.view": _("Read reports"),
    "reports.send": _("Write and send the team's monthly report"),
    "reports.accept": _("Accept reports of the level below, or return them"),
    "reports.confirm": _("Confirm and send the consolidated report of the unit"),
    "reports.unlock": _("Reopen a locked report"),
    "reports.answer": _("Answer reports sent to the provincial People's Committee"),
    "reports.import": _("Import reports of past months from Excel"),
    "totals.view": _("See the figures of the units"),
    # faces
    "phone.open": _("Open the phone pages of the team"),
    "desk.open": _("Open the desk pages"),
}
