"""The composition of a team (II.1.1) as findings: what is not as the plan says, and its clause.

Nothing here refuses anything: an officer may let a finding stand with a reason. Only the maximum
number of members is refused, in the actions; `first_excess` is the arithmetic of it.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.team.teams.spans import Span, borders

LEADER, DEPUTY, MEMBER = "leader", "deputy", "member"
HEAD, UNION, BOTH = "head", "union", "both"
POSTS = {HEAD: {HEAD}, UNION: {UNION}, BOTH: {HEAD, UNION}}

MUST, CHECK, NOTE = "must", "check", "note"
SEVERITIES = {
    MUST: gettext_lazy("Must be fixed"),
    CHECK: gettext_lazy("Needs a look"),
    NOTE: gettext_lazy("Worth knowing"),
}


@dataclass(frozen=True)
class Member:
    """A member on a day, as far as the rules care."""

    name: str
    position: str
    hamlet_post: str = ""
    tie: str = "lives"
    has_component: bool = True
    has_account: bool = True
    other_teams: tuple[str, ...] = ()

    @property
    def posts(self) -> set[str]:
        return POSTS.get(self.hamlet_post, set())


@dataclass(frozen=True)
class Hamlet:
    """A covered place on a day, and which other teams cover it too."""

    name: str
    is_alive: bool = True
    other_teams: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """A team on a day: who is in it, what it covers, and how many it may have."""

    members: tuple[Member, ...]
    hamlets: tuple[Hamlet, ...]
    maximum: int = 10
    is_of_hamlets: bool = True
    in_force_on: dt.date | None = None
    issued_on: dt.date | None = None

    def holding(self, position: str) -> list[Member]:
        return [member for member in self.members if member.position == position]


class Finding(NamedTuple):
    """One thing to look at: the rule's code, how grave, the clause, and a sentence."""

    rule: str
    severity: str
    clause: str
    message: str

    @property
    def severity_word(self) -> str:
        return SEVERITIES[self.severity]


class Rule(NamedTuple):
    code: str
    severity: str
    clause: str
    title: str
    sentences: object  # function(roster) -> list of sentences
    breaks_composition: bool = False  # whether the team then fails TC05


def findings(roster: Roster) -> list[Finding]:
    """Everything about the roster that is not as the plan says, gravest first (II.1.1)."""
    found = [
        Finding(rule.code, rule.severity, rule.clause, sentence)
        for rule in RULES
        for sentence in rule.sentences(roster)
    ]
    gravity = list(SEVERITIES)
    return sorted(found, key=lambda finding: gravity.index(finding.severity))


def is_complete(roster: Roster) -> bool:
    """Whether number, leader and deputies are as II.1.1 asks (TC05); hamlets do not matter."""
    return not any(
        sentence for rule in RULES if rule.breaks_composition for sentence in rule.sentences(roster)
    )


class Excess(NamedTuple):
    day: dt.date
    count: int
    maximum: int


def first_excess(
    before: list[Span], after: list[Span], since: dt.date, maxima: list[tuple[Span, int]]
) -> Excess | None:
    """The first day from `since` on when a change makes a team larger than allowed (II.1.1).

    `before` and `after` are the memberships' days; `maxima` says what is allowed when, the last
    that holds winning. A team that is too large already (the maximum was lowered) may stay so.
    """
    days = borders([*before, *after, *(span for span, _maximum in maxima)])
    for day in [since, *(day for day in days if day > since)]:
        count = sum(span.holds(day) for span in after)
        maximum = [maximum for span, maximum in maxima if span.holds(day)][-1]
        if count > maximum and count > sum(span.holds(day) for span in before):
            return Excess(day, count, maximum)
    return None


# -- one function per rule ---------------------------------------------------------------------


def _too_many(roster):
    if len(roster.members) > roster.maximum:
        yield _("{count} members, more than the maximum of {maximum}.").format(
            count=len(roster.members), maximum=roster.maximum
        )


def _no_members(roster):
    if not roster.members:
        yield _("The team has no members yet.")


def _no_leader(roster):
    if roster.members and not roster.holding(LEADER):
        yield _("The team has no leader.")


def _two_leaders(roster):
    leaders = roster.holding(LEADER)
    if len(leaders) > 1:
        yield _("More than one leader: {names}.").format(names=_names(leaders))


def _no_deputy(roster):
    if roster.members and not roster.holding(DEPUTY):
        yield _("The team has no deputy leader.")


def _no_post(roster):
    if roster.is_of_hamlets:
        for leader in roster.holding(LEADER):
            if not leader.posts:
                yield _(
                    "The leader {name} is neither head of the hamlet nor its Youth Union secretary."
                ).format(name=leader.name)


def _pairing(roster):
    """Leader and deputies together hold both posts, in either order or both in one person."""
    leaders, deputies = roster.holding(LEADER), roster.holding(DEPUTY)
    held = set().union(*(member.posts for member in leaders + deputies))
    if not roster.is_of_hamlets or not deputies or not any(member.posts for member in leaders):
        return
    if HEAD not in held:
        yield _("Neither the leader nor a deputy leader is head of the hamlet board.")
    if UNION not in held:
        yield _("Neither the leader nor a deputy leader is Youth Union secretary of the hamlet.")


def _post_twice(roster):
    """A hamlet has one head and one secretary, so a team has at most one of each per hamlet."""
    held = Counter(post for member in roster.members for post in member.posts)
    places = max(1, len(roster.hamlets))
    if roster.is_of_hamlets and held[HEAD] > places:
        holders = [member for member in roster.members if HEAD in member.posts]
        yield _("More heads of hamlet boards than hamlets: {names}.").format(names=_names(holders))
    if roster.is_of_hamlets and held[UNION] > places:
        holders = [member for member in roster.members if UNION in member.posts]
        yield _("More Youth Union secretaries than hamlets: {names}.").format(names=_names(holders))


def _not_local(roster):
    strangers = [member for member in roster.members if member.tie == "neither"]
    if strangers:
        yield _("Neither living nor working in the hamlet: {names}.").format(
            names=_names(strangers)
        )


def _no_component(roster):
    lacking = [member for member in roster.members if not member.has_component]
    if lacking:
        yield _("Component not stated: {names}.").format(names=_names(lacking))


def _two_teams(roster):
    for member in roster.members:
        if member.other_teams:
            yield _("{name} is also in {teams}.").format(
                name=member.name, teams=", ".join(member.other_teams)
            )


def _no_hamlet(roster):
    if not roster.hamlets:
        yield _("The team covers no hamlet.")


def _old_hamlets(roster):
    gone = [hamlet.name for hamlet in roster.hamlets if not hamlet.is_alive]
    if gone:
        yield _("The team follows the old hamlets, not yet consolidated: {names}.").format(
            names=", ".join(gone)
        )


def _shared_hamlet(roster):
    for hamlet in roster.hamlets:
        if hamlet.other_teams:
            yield _("{hamlet} is also covered by {teams}.").format(
                hamlet=hamlet.name, teams=", ".join(hamlet.other_teams)
            )


def _no_account(roster):
    if roster.members and not any(member.has_account for member in roster.members):
        yield _("No member has an account, so nobody in the team can send its reports.")


def _early_effect(roster):
    if roster.in_force_on and roster.issued_on and roster.in_force_on < roster.issued_on:
        yield _("In force from {since}, before the decision was issued on {issued}.").format(
            since=f"{roster.in_force_on:%d/%m/%Y}", issued=f"{roster.issued_on:%d/%m/%Y}"
        )


def _names(members) -> str:
    return ", ".join(member.name for member in members)


RULES = [
    Rule("too_many", MUST, "II.1.1", gettext_lazy("Too many members"), _too_many, True),
    Rule("no_members", MUST, "II.1.1", gettext_lazy("No members"), _no_members, True),
    Rule("no_leader", MUST, "II.1.1", gettext_lazy("No leader"), _no_leader, True),
    Rule("two_leaders", MUST, "II.1.1", gettext_lazy("Two leaders"), _two_leaders, True),
    Rule("no_deputy", MUST, "II.1.1", gettext_lazy("No deputy leader"), _no_deputy, True),
    Rule("leader_post", CHECK, "II.1.1", gettext_lazy("Leader holds no post"), _no_post, True),
    Rule("pairing", CHECK, "II.1.1", gettext_lazy("Leader and deputy not paired"), _pairing, True),
    Rule("post_twice", CHECK, "II.1.1", gettext_lazy("Hamlet post held twice"), _post_twice),
    Rule("no_hamlet", MUST, "I.2", gettext_lazy("Covers no hamlet"), _no_hamlet),
    Rule("old_hamlets", CHECK, "I.2, IV.3", gettext_lazy("Follows old hamlets"), _old_hamlets),
    Rule("not_local", CHECK, "II.1.1", gettext_lazy("Member not of the hamlet"), _not_local),
    Rule("two_teams", CHECK, "II.1.1", gettext_lazy("In two teams at once"), _two_teams),
    Rule("no_account", CHECK, "II.2.8", gettext_lazy("Nobody has an account"), _no_account),
    Rule("early_effect", CHECK, "I.2", gettext_lazy("In force before issue"), _early_effect),
    Rule("no_component", NOTE, "II.1.1", gettext_lazy("Component not stated"), _no_component),
    Rule("shared_hamlet", NOTE, "I.2", gettext_lazy("Hamlet with two teams"), _shared_hamlet),
]
BY_CODE = {rule.code: rule for rule in RULES}
