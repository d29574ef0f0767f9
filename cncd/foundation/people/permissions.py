"""Permission → who. Read it aloud: "reports.accept: cán bộ xã, Phòng VH&TT huyện, Sở TT&TT".
What each permission means, in words: `permission_words.py`.

Where a role may act is the place (or team) of the posting or membership that gives it, and
everything below. Roles are rows (`people.Role`); these are their codes.
"""

MEMBER, LEADER, DEPUTY = "member", "leader", "deputy"  # positions in a team
COMMUNE_OFFICER, COMMUNE_LEADER = "commune_officer", "commune_leader"
DISTRICT_OFFICER, DISTRICT_LEADER = "district_officer", "district_leader"
PROVINCE_OFFICER, PROVINCE_LEADER = "province_officer", "province_leader"
TRADE_OFFICER, AGRICULTURE_OFFICER = "trade_officer", "agriculture_officer"
UNION_PROVINCE, UNION_DISTRICT, UNION_COMMUNE = "union_province", "union_district", "union_commune"
ENTERPRISE, READER, ADMIN = "enterprise", "reader", "admin"
HELPER = "helper"  # at the units to which the own enterprise or union promised help

TEAM = (MEMBER, LEADER, DEPUTY)
LEADS = (LEADER, DEPUTY)
COMMUNE = (COMMUNE_OFFICER, COMMUNE_LEADER)
DISTRICT = (DISTRICT_OFFICER, DISTRICT_LEADER)
PROVINCE = (PROVINCE_OFFICER, PROVINCE_LEADER)
UNION = (UNION_PROVINCE, UNION_DISTRICT, UNION_COMMUNE)
SECTOR = (TRADE_OFFICER, AGRICULTURE_OFFICER, *UNION, ENTERPRISE)
SALES = (TRADE_OFFICER, AGRICULTURE_OFFICER)  # IV.2
OFFICERS = (*COMMUNE, *DISTRICT, *PROVINCE, ADMIN)
DESK = (*OFFICERS, *SECTOR, READER)
EVERYONE = (*TEAM, *DESK)
ANYBODY = "anybody"  # whoever is signed in, in office or not

PERMISSIONS: dict[str, tuple[str, ...]] = {
    # foundation
    "account.own": (ANYBODY,),
    "places.view": EVERYONE,
    "places.change": (PROVINCE_OFFICER, ADMIN),
    "settings.everywhere": (ADMIN,),
    "hamlets.change": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
    "people.view": (*LEADS, *OFFICERS),
    "people.change": (*COMMUNE, DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
    "people.admit": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
    "postings.change": (DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
    "agencies.view": EVERYONE,
    "agencies.change": (PROVINCE_OFFICER, ADMIN),
    "journal.view": (*OFFICERS, READER),
    "files.view": EVERYONE,
    "documents.view": EVERYONE,
    "documents.change": OFFICERS,
    # team
    "teams.view": EVERYONE,
    "teams.form": (COMMUNE_OFFICER, COMMUNE_LEADER),
    "programme.view": EVERYONE,
    "programme.change": (PROVINCE_OFFICER, ADMIN),
    "targets.assign": (*COMMUNE, *DISTRICT, *PROVINCE),
    # work
    "activities.view": (*TEAM, *OFFICERS, READER, *UNION),
    "activities.log": (*TEAM, COMMUNE_OFFICER),
    "activities.correct": LEADS,
    "households.view": (*TEAM, *OFFICERS, READER),
    "households.change": (*LEADS, COMMUNE_OFFICER, DISTRICT_OFFICER),
    "registers.view": (*TEAM, *OFFICERS, *SALES, *UNION, READER, HELPER),
    "registers.enter": (*TEAM, COMMUNE_OFFICER, DISTRICT_OFFICER, *SALES),
    "registers.verify": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, *SALES),
    "registers.contact": (*LEADS, *COMMUNE, DISTRICT_OFFICER, PROVINCE_OFFICER, *SALES, HELPER),
    "partners.view": (*OFFICERS, *SALES, *UNION, READER, ENTERPRISE),
    "partners.own": (ENTERPRISE, *UNION),
    "partners.change": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "connectivity.view": (*TEAM, *OFFICERS, *UNION, READER, HELPER),
    "connectivity.note": (*TEAM, COMMUNE_OFFICER, DISTRICT_OFFICER),
    "money.view": (*OFFICERS, READER),
    "money.record": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "channels.view": (*TEAM, *OFFICERS, *UNION, READER),
    "channels.change": (*LEADS, COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "channels.rules": (PROVINCE_OFFICER, ADMIN),
    "directives.view": (*TEAM, *DESK),
    "directives.give": (*COMMUNE, *DISTRICT, *PROVINCE, *SALES, *UNION),
    "directives.answer": (*LEADS, *COMMUNE, *DISTRICT, PROVINCE_OFFICER, *SALES, *UNION),
    "difficulties.view": (*TEAM, *OFFICERS, READER),
    "difficulties.raise": (*TEAM, COMMUNE_OFFICER, DISTRICT_OFFICER),
    "difficulties.answer": (*COMMUNE, *DISTRICT, *PROVINCE),
    "difficulties.decide": (PROVINCE_LEADER,),
    "library.view": EVERYONE,
    "library.change": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, *SECTOR),
    "library.approve": PROVINCE,
    "broadcasts.view": (*OFFICERS, READER),
    "broadcasts.record": (COMMUNE_OFFICER, DISTRICT_OFFICER),
    "training.view": EVERYONE,
    "training.plan": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "training.approve": (COMMUNE_LEADER, DISTRICT_LEADER, PROVINCE_LEADER, PROVINCE_OFFICER),
    "training.hold": (*LEADS, COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "training.attend": (*TEAM, *OFFICERS),
    "inspections.view": (*TEAM, *OFFICERS, READER),
    "inspections.carry_out": (COMMUNE_OFFICER, *DISTRICT, *PROVINCE),
    "inspections.rules": (PROVINCE_OFFICER, ADMIN),
    "inspections.follow_up": (*LEADS, *COMMUNE, DISTRICT_OFFICER),
    "evaluations.view": (*TEAM, *OFFICERS, READER),
    "evaluations.score_self": LEADS,
    "evaluations.score": COMMUNE,
    "evaluations.decide": (*DISTRICT, *PROVINCE),
    "evaluations.rules": (PROVINCE_OFFICER, ADMIN),
    # results
    "reports.view": (*TEAM, *OFFICERS, READER),
    "reports.send": (*LEADS, COMMUNE_OFFICER),
    "reports.accept": (COMMUNE_OFFICER, COMMUNE_LEADER, *DISTRICT, *PROVINCE),
    "reports.confirm": (*COMMUNE, *DISTRICT, PROVINCE_OFFICER),
    "reports.unlock": (*COMMUNE, *DISTRICT, *PROVINCE),
    "reports.answer": (PROVINCE_LEADER,),
    "reports.import": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "totals.view": (*TEAM, *DESK),
    "pilots.view": (*TEAM, *OFFICERS, *SALES, *UNION, READER),
    "pilots.run": (DISTRICT_OFFICER, PROVINCE_OFFICER),
    "pilots.plan": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "pilots.approve": (PROVINCE_OFFICER,),
    "pilots.consider": (PROVINCE_LEADER,),
    "rewards.view": (*LEADS, *OFFICERS, *UNION, READER),
    "rewards.propose": (*COMMUNE, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "rewards.decide": (COMMUNE_LEADER, DISTRICT_LEADER, PROVINCE_LEADER),
    "rewards.check": (*COMMUNE, *DISTRICT, *PROVINCE),
    "papers.view": (*LEADS, *OFFICERS, *UNION, READER),
    "papers.draw": (*LEADS, *COMMUNE, *DISTRICT, *PROVINCE),
    "papers.number": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER),
    "papers.templates": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
    "papers.trust": (ADMIN,),
    # faces
    "phone.open": TEAM,
    "desk.open": DESK,
    "notices.office": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
    "notices.log": (COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER, ADMIN),
}
