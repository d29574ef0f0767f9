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
]
# Which documents are seen because of what they decide; what rests on a document.
DOCUMENT_CITERS = ["cncd.team.teams.queries.decisions_of_own_teams"]
DOCUMENT_USES = [
    "cncd.team.teams.queries.uses_of_document",
    "cncd.team.programme.queries.uses_of_document",
    "cncd.work.partners.queries.uses_of_document",
]
# Which of some teams have locked the report of a month: (teams, period) -> ids.
LOCKED_MONTHS = "cncd.results.reports.queries.locked_teams"
# Rooms whose entries of no place concern everybody who reads the journal.
JOURNAL_FOR_ALL = ["programme"]
# What rooms above add to a person's page and row, and to what passes on with a post.
PERSON_TIES = ["cncd.team.teams.queries.ties_of_people"]
PERSON_PARTS = ["cncd.foundation.devices.queries.devices_part"]
PEOPLE_WITHIN = ["cncd.team.teams.queries.people_within"]
PERSONAL_DATA = [
    "cncd.foundation.devices.queries.own_devices",
    "cncd.team.teams.queries.own_memberships",
    "cncd.faces.notices.queries.own_data",
]
PASSING_ON = ["cncd.team.teams.queries.teams_passing_on"]
PERSONAL_DATA_INVENTORY = "cncd.config.personal_data.INVENTORY"
# Who could help an owner somewhere: place ids -> {place id: [Helping]}.
REGISTER_HELPERS = ["cncd.work.partners.queries.helping"]
# What rooms add to the packaged catalogue: (since) -> {name: how many rows}.
PROGRAMME_SEEDS = [
    "cncd.work.registers.actions.seeding.seed_groups",
    "cncd.work.channels.actions.seeding.seed_rules",
]
# How often logs name households: (households, first day, last day) -> the same with `visits`.
HOUSEHOLD_VISITS = "cncd.work.activities.queries.with_visits"
# What waits for a person: (user, now) -> [Duty].
DUTY_SOURCES = []
# What rooms add to the text for the group: (team or place, first day, last day) -> [line].
QUICK_REPORT_PARTS = ["cncd.work.registers.news.lines_of"]
