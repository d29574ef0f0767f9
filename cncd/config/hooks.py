"""How rooms hear of each other: dotted names, so that nobody imports upstairs."""

REACTIONS = "cncd.config.reactions.react"
ENVELOPES = "cncd.config.envelopes.KINDS"
ENVELOPES_CHANGED = "cncd.config.envelopes.CHANGED"
ENVELOPES_TOGETHER = "cncd.config.reactions.gathered"
AUTHORITY_SOURCES = [
    "cncd.foundation.people.authority.posting_grants",
    "cncd.team.teams.authority.membership_grants",
]
# Asked only about those who hold one of the roles: path → roles.
AUTHORITY_OF_ROLES = {
    "cncd.work.partners.authority.pledge_grants": (
        "enterprise",
        "union_province",
        "union_district",
        "union_commune",
    )
}
PEOPLE_IN_REACH = ["cncd.team.teams.authority.members_in_reach"]
FILE_OWNERS = [
    "cncd.foundation.documents.queries.files_in_reach",
    "cncd.work.activities.queries.photos_in_reach",
    "cncd.work.registers.files.files_in_reach",
    "cncd.work.inspections.queries.files_in_reach",
    "cncd.work.library.queries.files_in_reach",
    "cncd.work.directives.queries.files_in_reach",
    "cncd.work.difficulties.files.files_in_reach",
    "cncd.results.paperwork.queries.files_in_reach",
]
# Which documents are seen because of what they decide; what rests on a document.
DOCUMENT_CITERS = [
    "cncd.team.teams.queries.decisions_of_own_teams",
    "cncd.work.directives.queries.documents_of_directives",
    "cncd.results.pilots.queries.documents_of_pilots",
]
DOCUMENT_USES = [
    "cncd.team.teams.queries.uses_of_document",
    "cncd.team.programme.queries.uses_of_document",
    "cncd.work.partners.queries.uses_of_document",
    "cncd.work.money.queries.uses_of_document",
    "cncd.work.library.queries.uses_of_document",
    "cncd.work.directives.queries.uses_of_document",
    "cncd.work.training.queries.planning.uses_of_document",
    "cncd.results.rewards.queries.uses_of_document",
    "cncd.results.pilots.queries.uses_of_document",
]
# What may be, and was, drawn up on paper about a record: (kind, pk, user) -> Papers.
PAPERS_OF = "cncd.results.paperwork.queries.papers_of"
# Rooms above the reports that count for the sheets of units: room -> `counted_places` of it.
COUNTING_ABOVE = {"rewards": "cncd.results.rewards.queries.counted_places"}
# What stands behind a figure they counted: kind of record -> `told` of it (explaining.Trace).
EXPLAINED_ABOVE = {"commendations": "cncd.results.rewards.queries.told"}
# Which of some teams have locked the report of a month: (teams, period) -> ids.
LOCKED_MONTHS = "cncd.results.reports.queries.locked_teams"
# What was sent of a month, and accepted:
# (period id, teams=, places=) -> {(team, place): (day, accepted)}.
REPORTS_OF_PERIOD = "cncd.results.reports.queries.standing_of_period.sent_of_period"
# Rooms whose entries of no place concern everybody who reads the journal.
JOURNAL_FOR_ALL = ["programme"]
# What rooms above add to a person's page and row, and to what passes on with a post.
PERSON_TIES = ["cncd.team.teams.queries.ties_of_people"]
PERSON_PARTS = ["cncd.foundation.devices.queries.devices_part"]
# What rooms above add to a team's page: (team, user, day) -> (template, values) or None.
TEAM_PARTS = [
    "cncd.work.training.queries.card.gaps_part",
    "cncd.results.rewards.queries.team_part",
]
PEOPLE_WITHIN = ["cncd.team.teams.queries.people_within"]
PERSONAL_DATA = [
    "cncd.foundation.devices.queries.own_devices",
    "cncd.team.teams.queries.own_memberships",
    "cncd.faces.notices.queries.own_data",
    "cncd.work.training.queries.own.own_training",
    "cncd.results.rewards.queries.own_commendations",
]
PASSING_ON = ["cncd.team.teams.queries.teams_passing_on"]
PERSONAL_DATA_INVENTORY = "cncd.config.personal_data.INVENTORY"
# Training sessions held with trainers of partners: (agencies, since) -> (agency, place, day, many).
SESSIONS_HELD_WITH = "cncd.work.training.queries.partners.held_with"
# The pages on what a result cost, beside the money book.
COST_PAGES = "cncd.results.totals.cost_urls"
# Who could help an owner somewhere: place ids -> {place id: [Helping]}.
REGISTER_HELPERS = ["cncd.work.partners.queries.helping"]
# What rooms add to the packaged catalogue: (since) -> {name: how many rows}.
PROGRAMME_SEEDS = [
    "cncd.work.registers.actions.seeding.seed_groups",
    "cncd.work.channels.actions.seeding.seed_rules",
    "cncd.work.broadcasts.seeding.seed_media",
    "cncd.work.money.seeding.seed_money",
    "cncd.work.partners.seeding.seed_operators",
    "cncd.work.inspections.actions.seed_items",
    "cncd.work.training.actions.seeding.seed_topics",
    "cncd.results.rewards.seeding.seed_forms",
]
# How often logs name households: (households, first day, last day) -> the same with `visits`.
HOUSEHOLD_VISITS = "cncd.work.activities.queries.with_visits"
# Obligations of teams stand otherwise: (pairs of due day and team id, moment) -> None.
OBLIGATIONS_DERIVED = "cncd.config.reactions.obligations_derived"
# What waits for a person: (user, now) -> [Duty].
DUTY_SOURCES = [
    "cncd.work.library.queries.dues",
    "cncd.work.directives.queries.mine.dues",
    "cncd.work.training.queries.dues",
    "cncd.work.training.queries.planning.plan_dues",
    "cncd.work.inspections.queries.dues",
    "cncd.work.evaluations.queries.dues",
    "cncd.work.difficulties.queries.dues",
    "cncd.results.rewards.queries.dues",
    "cncd.results.pilots.queries.dues",
    "cncd.work.partners.queries.dues.dues",
]
# Who should know what (foundation/people/news.py): tuples of Kind; dicts of event → function of its
# journal entry, run by a job; functions of the moment, run every ten minutes.
NEWS_KINDS = [
    "cncd.work.library.news.KINDS",
    "cncd.work.directives.news.KINDS",
    "cncd.results.reports.news.KINDS",
    "cncd.work.inspections.news.KINDS",
    "cncd.work.evaluations.news.KINDS",
    "cncd.work.difficulties.news.KINDS",
    "cncd.work.training.news.KINDS",
    "cncd.work.training.planning_news.KINDS",
    "cncd.results.rewards.news.KINDS",
    "cncd.results.pilots.news.KINDS",
    "cncd.work.partners.news.KINDS",
]
NEWS_OF_EVENTS = [
    "cncd.work.library.news.EVENTS",
    "cncd.work.directives.news.EVENTS",
    "cncd.results.reports.news.EVENTS",
    "cncd.work.inspections.news.EVENTS",
    "cncd.work.evaluations.news.EVENTS",
    "cncd.work.difficulties.news.EVENTS",
    "cncd.work.training.news.EVENTS",
    "cncd.work.training.planning_news.EVENTS",
    "cncd.results.rewards.news.EVENTS",
    "cncd.results.pilots.news.EVENTS",
    "cncd.work.partners.news.EVENTS",
]
NEWS_BY_CLOCK = [
    "cncd.work.directives.news.by_clock",
    "cncd.results.reports.news.by_clock",
    "cncd.work.inspections.news.by_clock",
    "cncd.work.evaluations.news.by_clock",
    "cncd.work.difficulties.news.by_clock",
    "cncd.work.training.news.by_clock",
    "cncd.results.pilots.news.by_clock",
    "cncd.work.partners.news.by_clock",
]
NEWS_TOLD = "cncd.faces.notices.queries.told"
# What rooms add to the text for the group: (team or place, first day, last day) -> [line].
QUICK_REPORT_PARTS = ["cncd.work.registers.news.lines_of"]
# Figures beside the criteria of an evaluation (work/evaluations/evidence.py): pairs of
# (day) -> [(code, label)] and (teams, first day, last day, codes) -> {team id: {code: Evidence}}.
EVALUATION_EVIDENCE = [
    ("cncd.results.totals.evidence.choices", "cncd.results.totals.evidence.evidence_of"),
]
