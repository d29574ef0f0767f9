"""Which tables hold personal data, why, and for how long (law 91/2025/QH15, decree 356/2025).

Nothing here concerns citizens: they are counted, never named. A test compares the list with the
columns of the database, so that a new one is not forgotten.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Holding:
    """One kind of personal data: the tables, what it is, what for, how long."""

    tables: tuple[str, ...]
    where: Promise
    what: Promise
    why: Promise
    how_long: Promise


IN_OFFICE = _("While the person holds a post or belongs to a team; then until erased on request.")
LIKE_DECISION = _("As long as the decision it rests on: it proves who was in office.")
LIKE_JOURNAL = _("As long as the journal; names and numbers in it are erased with the person.")

INVENTORY = [
    Holding(
        ("people.person",),
        _("People"),
        _("Full name, gender, contact phone, home unit"),
        _("To know and reach team members and officers; the decision that names them"),
        IN_OFFICE,
    ),
    Holding(
        ("people.user", "people.signinlink", "people.savedview"),
        _("Accounts and ways in"),
        _("Login name, phone for signing in, password as a hash, last visit, saved views"),
        _("To let the right person in"),
        IN_OFFICE,
    ),
    Holding(
        ("mfa.authenticator", "usersessions.usersession", "devices.device"),
        _("Passkeys, codes and devices"),
        _(
            "Public keys, code secrets; network, model and browser of each signed-in device, its"
            " PIN as a hash"
        ),
        _("To protect the account, and to show its owner where it is open"),
        _("Until removed by the owner or signed out."),
    ),
    Holding(
        ("people.posting", "people.substitution", "programme.target"),
        _("Posts and substitutes"),
        _("Who held which post where and when, who stood in and why, who answers for a target"),
        _("Rights in the program follow from it; appointment decisions"),
        LIKE_DECISION,
    ),
    Holding(
        ("teams.membership", "teams.findingnote"),
        _("Team rosters"),
        _("Position, post in the hamlet, component, Youth Union membership, remarks of officers"),
        _("Plan, II.1.1; the decision of the commune"),
        LIKE_DECISION,
    ),
    Holding(
        ("difficulties.raising", "difficulties.case", "difficulties.step"),
        _("Difficulties"),
        _("Who raised, answered or passed on a difficulty; their words, and a photo"),
        _("So that difficulties reach whoever can answer, and the answer comes back (II.2.8)"),
        LIKE_JOURNAL,
    ),
    Holding(
        ("registers.owner",),
        _("Owners of products"),
        _("A contact person and phone, and how they agreed; the business name on its papers"),
        _("To help them sell on the floors (plan, II.2.3)"),
        _("The contact until the consent is withdrawn; the rest as long as the register."),
    ),
    Holding(
        ("channels.channel",),
        _("Groups on social networks"),
        _("Which members run a group"),
        _("Plan, II.2.7: each group has somebody who runs it"),
        LIKE_DECISION,
    ),
    Holding(
        (
            "training.invitation",
            "training.attendance",
            "training.completion",
            "training.quizresult",
        ),
        _("Training of teams and officials"),
        _("Who was invited, came, passed the quiz, completed a course; citizens are only counted"),
        _("Plan, II.2.6 and IV.1: members and officials are trained; certificates"),
        LIKE_DECISION,
    ),
    Holding(
        ("inspections.inspection", "inspections.finding"),
        _("Inspections"),
        _("Who headed an inspection, who was with it, who is answerable for a finding"),
        _("Plan, IV.1: inspection and what follows from it"),
        LIKE_DECISION,
    ),
    Holding(
        ("rewards.proposal", "rewards.candidate", "rewards.commendation", "rewards.sign"),
        _("Recognition of teams"),
        _(
            "Who was proposed and commended, why, and what was decided; a team's answers about its"
            " figures, and who gave them"
        ),
        _("Plan, IV.3: timely commendation of teams and members"),
        LIKE_DECISION,
    ),
    Holding(
        ("documents.document", "files.storedfile", "paperwork.paper", "paperwork.paperfigure"),
        _("Documents and files"),
        _("Names of signers and of those a decision lists; people in photos"),
        _("Proof of what was decided and done"),
        _("As long as the archives law asks for; photos until the activity is withdrawn."),
    ),
    Holding(
        ("journal.entry", "journal.personalvalue"),
        _("Journal"),
        _("Who changed what and when; names and numbers before and after"),
        _("So that every change can be traced"),
        LIKE_JOURNAL,
    ),
    Holding(
        (
            *("notices.notice", "notices.preference", "notices.manner", "notices.subscription"),
            *("notices.address", "notices.delivery", "notices.feed"),
        ),
        _("Notices"),
        _("What each account was told and when it was read; devices, mailboxes, chats, a calendar"),
        _("So that nobody misses what is due; told once"),
        _("180 days; a device until it is signed out, an address until its owner ends it."),
    ),
    Holding(
        ("envelopes.envelope",),
        _("Entries from outside"),
        _("Which account sent what, and when"),
        _("So that nothing is counted twice"),
        LIKE_JOURNAL,
    ),
]
