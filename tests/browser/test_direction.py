"""Asking, answering, teaching, telling: every page at the desk and on a phone, without barriers."""

import datetime as dt

import pytest

from cncd.faces.notices.tests.conftest import tell
from cncd.results.conftest import NOON
from cncd.work.broadcasts.actions import Aired, record_broadcast
from cncd.work.broadcasts.models import Medium
from cncd.work.difficulties.actions import Said, raise_difficulty
from cncd.work.directives.actions import Source, To, Wanted, draft_directive, issue_directive
from cncd.work.directives.models import Directive, Obligation
from cncd.work.evaluations.actions import draft_rules, enforce_rules
from cncd.work.evaluations.tests.conftest import opened
from cncd.work.inspections.actions import take_packaged
from cncd.work.inspections.tests.conftest import concluded, looked_at, planned
from cncd.work.library.actions import About, Text, add_item
from cncd.work.training import actions as training
from cncd.work.training.actions.quizzes import write_quiz
from cncd.work.training.tests.builders import course, held, session

pytestmark = pytest.mark.django_db(transaction=True)
NEW_YEAR, DAY = dt.date(2026, 1, 1), dt.timedelta(days=1)
LISTS = [
    *("directives", "directives/mine", "directives/reminding", "directives/campaigns"),
    *("difficulties", "inspections", "inspections/findings", "inspections/checklists"),
    *("evaluations", "evaluations/criteria", "coordination", "training", "training/classes"),
    *("training/plans", "training/gaps", "training/untrained", "training/certificates"),
    *("training/quizzes", "library", "library/openings", "broadcasts", "notices"),
    *("notices/settings", "notices/hours", "notices/calendar", "notices/log"),
    *("notices/deliveries", "notices/offices", "notices/to/service"),
]
FORMS = [
    *("directives/new", "directives/campaigns/new", "difficulties/new", "inspections/plan"),
    *("training/courses/new", "training/classes/new", "training/plans/new", "training/plans/draft"),
    *("training/quizzes/new", "library/new", "broadcasts/new", "broadcasts/import"),
]
ON_PHONE = [
    *("m/asked", "m/difficulties", "m/difficulties/new", "m/training", "m/training/scan"),
    *("m/training/class", "m/library", "notices", "notices/settings", "notices/hours"),
    *("notices/calendar", "notices/log", "notices/to/service", "inspections", "evaluations"),
]


def ask(c, today) -> dict[str, list[str]]:
    """A directive to the teams of Nhơn Mỹ, and a difficulty of one of them."""
    directive = draft_directive(
        place=c.nhon_my, title="Lập nhóm Zalo", to=To(Directive.Audience.TEAMS), by=c.lan,
        source=Source(said_by="Chủ tịch UBND xã", said_on=today),
        asks=(Wanted("Lập nhóm Zalo của ấp", today + 5 * DAY, "answer"),),
    )  # fmt: skip
    issue_directive(directive=directive, by=c.lan)
    case = raise_difficulty(said=Said("Sóng yếu ở cuối ấp"), team=c.team, by=c.tu).case_id
    at, asked = f"directives/{directive.pk}", Obligation.objects.get(team=c.team).pk
    desk = [at, f"{at}/obligations", f"obligations/{asked}"]
    desk += [f"difficulties/{case}", f"difficulties/{case}/pass"]
    return {"desk": desk, "phone": [f"m/asked/{asked}"]}


def teach(c, today) -> dict[str, list[str]]:
    """A course with a quiz, a class for citizens, a guide and a broadcast."""
    quiz = write_quiz(
        place=c.nhon_my, title="Thử", pass_mark=1, by=c.lan,
        questions=[{"text": "Có nên đọc mã OTP?", "choices": ["Có", "Không"], "right": 1}],
    )  # fmt: skip
    lesson = session(course(c, quiz=quiz), today, hour=8)
    training.invite(session=lesson, people=[(c.tu.person_id, c.team.pk)], by=c.lan)
    training.record_list(session=lesson, came=[c.tu.person_id], by=c.lan)
    taught = training.log_class(held=held(c), team=c.team, by=c.tu)
    text = Text(title="Cài VNeID", body="## Chuẩn bị\n\n- Căn cước\n\n### Các bước\n\n1. Mở máy.")
    item = f"library/{add_item(place=c.nhon_my, by=c.lan, about=About(), text=text).pk}"
    aired = Aired(medium=Medium.objects.get(code="truyen-thanh"), title="Tin", since_on=today)
    heard = record_broadcast(place=c.nhon_my, aired=aired, by=c.lan)
    at, of = f"training/sessions/{lesson.pk}", f"training/courses/{lesson.course_id}"
    desk = [at, f"{at}/invite", of, f"training/classes/{taught.pk}", f"training/gaps/{c.team.pk}"]
    desk += [item, f"{item}/edit", f"broadcasts/{heard.pk}"]
    phone = [f"m/training/{lesson.pk}", f"m/{item}", f"{of}/quiz", f"{at}/feedback"]
    return {"desk": desk, "phone": phone}


def judge(c) -> dict[str, list[str]]:
    """An inspection that found something, one under way, and an evaluation that begins."""
    take_packaged(by=c.ha, since_on=NEW_YEAR)
    seen = concluded(planned(c.team, c.nhon_my, c.lan), c.lan)
    begun = looked_at(planned(c.team, c.nhon_my, c.lan), c.lan)
    rules = draft_rules(level=c.levels["hamlet"], name="Bộ mẫu", since_on=NEW_YEAR, by=c.ha)
    rules = enforce_rules(rules=rules, since_on=NEW_YEAR, by=c.ha)
    row = opened(c, rules).evaluations.get(team=c.team)
    finding = seen.findings.filter(result="unmet").get()
    both = [f"evaluations/{row.round_id}", f"evaluations/team/{row.pk}"]
    both += [f"inspections/{seen.pk}", f"inspections/findings/{finding.pk}"]
    desk = [*both, f"evaluations/criteria/{rules.pk}", f"inspections/{begun.pk}/look"]
    return {"desk": desk, "phone": [*both, f"evaluations/team/{row.pk}/score/self"]}


@pytest.fixture
def told(cast, programme, time_machine):
    """One of everything, between the district, Nhơn Mỹ and the team of Mỹ Phước: its pages."""
    time_machine.move_to(NOON, tick=True)
    made = [ask(cast, NOON.date()), teach(cast, NOON.date()), judge(cast)]
    for user in (cast.tu, cast.lan):
        tell(user)
    pages = {"desk": LISTS + FORMS, "phone": ON_PHONE}
    return {face: sum((each[face] for each in made), pages[face]) for face in pages}


def walk(visitor, addresses) -> list[str]:
    """What is wrong, page by page, with everything that unfolds unfolded."""
    found = []
    for address in addresses:
        page = visitor.open(f"/{address}/")
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = 1")
        if page.locator("main h1").count() != 1 or visitor.overflow() > 0:
            found.append(f"{address}: {visitor.overflow()} px too wide, or no heading")
        found += [f"{address}: {each}" for each in visitor.barriers()]
    return found


def test_no_page_of_a_team_leader_has_a_barrier_on_a_phone_with_larger_text(visit, cast, told):
    cast.tu.large_text = True
    cast.tu.save()
    assert walk(visit(cast.tu, 360), told["phone"]) == []


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_of_an_officer_has_a_barrier(visit, cast, told, width):
    assert walk(visit(cast.lan, width), told["desk"]) == []
