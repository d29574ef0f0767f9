"""Quyết định thành lập Tổ: for every team of one decision, or for hamlets that have none (II.1)."""

import datetime as dt
from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.models import Place
from cncd.results.paperwork.drawing import (
    Annex,
    Article,
    Centred,
    Drawn,
    Figure,
    Heading,
    Subject,
    Table,
    Text,
)
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import (
    BLANK,
    LOCAL_LAW,
    MINISTRY,
    address,
    count,
    day,
    one,
)
from cncd.results.paperwork.kinds.rosters import HEADS, WIDTHS, covered_names, roster
from cncd.results.paperwork.registry import NothingToDraw, PaperKind
from cncd.team.teams.models import Membership, Team
from cncd.team.teams.queries import hamlets_without_team

SUBJECT_NAME = "Tổ công nghệ số cộng đồng"
DUTIES = (  # II.1.2, in the plan's words
    "Tuyên truyền các chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước về công "
    "tác chuyển đổi số đến người dân",
    "Trực tiếp hỗ trợ, hướng dẫn người dân sử dụng các thiết bị thông minh, cài đặt và sử dụng các "
    "ứng dụng công nghệ, thương mại điện tử, dịch vụ hành chính công",
    "Tham gia thực hiện chuyển đổi số trong từng lĩnh vực của đời sống tại khóm, ấp",
)
PROPOSED = (
    ("Trưởng ban nhân dân", "Tổ trưởng"),
    ("Bí thư Đoàn Thanh niên", "Tổ phó"),
    ("", "Thành viên"),
    ("", "Thành viên"),
    ("", "Thành viên"),
)


# -- teams that stand in the register -------------------------------------------------------------


def find(pk, user) -> Subject | None:
    """The team within reach, with the commune that forms it."""
    team = one(Team.objects.visible_to(user).select_related("formed_by"), pk)
    commune = team and issuers.commune_of(team, team.since_on)
    if not commune:
        return None
    return Subject(
        record=team,
        label=team.name,
        address=address("teams:team", team.pk),
        place=commune,
        issuer=issuers.board_short(issuers.named_on(commune, team.since_on)),
        day=team.formed_by.issued_on,
    )


def drawn(subject: Subject, day: dt.date, user) -> Drawn:
    """One decision for all teams that rest on it, each with its members when it was formed."""
    first = subject.record
    teams = list(Team.objects.filter(formed_by=first.formed_by_id).order_by("sort_key"))
    members = _members(teams)
    names = covered_names(teams, first.since_on)
    total = sum(map(len, members.values()))
    where = names[first.pk] if len(teams) == 1 else ""
    what = "thành lập " + (
        f"{SUBJECT_NAME} {where}" if where else f"{count(len(teams))} {SUBJECT_NAME}"
    )
    lines = [
        block
        for number, team in enumerate(teams, 1)
        for block in _annex_of(number, team, names[team.pk], members[team.pk], len(teams))
    ]
    issuer = issuers.board_of(subject.place, day)
    about = f"Về việc {what}, {issuer.unit}"
    page = subject.address
    many = Figure(count(len(teams)), "teams", first.formed_by_id, 0, page, "Số Tổ theo quyết định")
    opening = (
        "Thành lập ",
        *((f"{SUBJECT_NAME} {where}",) if where else (many, f" {SUBJECT_NAME}")),
        " gồm ",
        Figure(count(total), "teams", first.formed_by_id, 0, page, "Số thành viên theo quyết định"),
        " thành viên (danh sách tại Phụ lục kèm theo Quyết định này).",
    )
    annex = Annex(f"Danh sách thành viên {SUBJECT_NAME}", tuple(lines))
    return _decision(issuer, about, opening, first.since_on, annex, len(teams))


def _members(teams) -> dict[int, list[Membership]]:
    """Team id → its members on the day it was formed."""
    since = {team.pk: team.since_on for team in teams}
    rows = Membership.objects.filter(team__in=since).select_related("person", "component")
    found = defaultdict(list)
    for row in rows:
        if row.holds_on(since[row.team_id]):
            found[row.team_id].append(row)
    return found


def _annex_of(number: int, team: Team, where: str, members, of: int) -> tuple:
    head = (
        (Heading((f"{number}. {issuers.full_team_name(team.name)}: ", _size(team, members)), 2),)
        if of > 1
        else ()
    )
    if not members:
        return (*head, Text("Chưa có thành viên trong danh sách."))
    return (*head, roster(team, members, where))


def _size(team: Team, members) -> Figure:
    page = address("teams:team", team.pk)
    return Figure(
        count(len(members), "thành viên"), "teams", team.pk, 0, page, f"Số thành viên {team.name}"
    )


def _decision(issuer, about, opening, since: dt.date, annex: Annex, teams: int) -> Drawn:
    each = "Tổ" if teams == 1 else "Các Tổ"
    reports = (
        f"{each} chịu sự chỉ đạo, quản lý của {issuer.name}; báo cáo kết quả hoạt động vào ngày "
        "cuối cùng của tháng. Kinh phí hoạt động bố trí từ dự toán của đơn vị và các nguồn hợp "
        "pháp khác theo quy định."
    )
    carry_out = (
        f"Quyết định này có hiệu lực kể từ ngày {day(since)}. Công chức Văn phòng - Thống kê, "
        "công chức Văn hóa - Xã hội, Trưởng ban nhân dân các khóm, ấp có liên quan và các ông, bà "
        "có tên trong danh sách chịu trách nhiệm thi hành Quyết định này"
    )
    return Drawn(
        **issuer.head,
        title="QUYẾT ĐỊNH",
        symbol=issuer.sign("QĐ"),
        about=about,
        authority=issuer.name.upper(),
        bases=(LOCAL_LAW, MINISTRY, "Xét đề nghị của công chức Văn hóa - Xã hội"),
        body=(
            Centred("QUYẾT ĐỊNH:"),
            Article("Điều 1.", opening),
            Article("Điều 2.", f"Nhiệm vụ của {SUBJECT_NAME}:"),
            *(Text(f"{number}. {duty}.") for number, duty in enumerate(DUTIES, 1)),
            Article("Điều 3.", reports),
            Article("Điều 4.", carry_out),
        ),
        annexes=(annex,),
        recipients=("Như Điều 4", "Cơ quan cấp trên trực tiếp (b/c)", "Thường trực Đảng ủy, HĐND"),
    )


# -- hamlets that have no team yet ----------------------------------------------------------------


def find_commune(pk, user) -> Subject | None:
    """A commune in whose name the person may form teams."""
    place = one(Place.objects.select_related("level").filter(level__code="commune"), pk)
    if place is None or not user.can("teams.form", place=place):
        return None
    named = issuers.named_on(place, timezone.localdate())
    return Subject(
        record=place,
        label=named.full_name,
        address=address("teams:uncovered", u=place.pk),
        place=place,
        issuer=issuers.board_short(named),
    )


def drawn_for_commune(subject: Subject, day: dt.date, user) -> Drawn:
    """A draft for the hamlets without a team: posts as the plan asks, names left open (II.1.1)."""
    lines = hamlets_without_team([subject.place.pk], day)
    if not lines:
        raise NothingToDraw(_("Every hamlet of this unit has a team already."))
    issuer = issuers.board_of(subject.place, day)
    unit = issuer.unit
    page = subject.address
    opening = (
        "Thành lập ",
        Figure(count(len(lines)), "places", subject.place.pk, 0, page, "Số khóm, ấp chưa có Tổ"),
        f" {SUBJECT_NAME} trên địa bàn {unit} (danh sách thành viên tại Phụ lục kèm theo Quyết "
        "định này).",
    )
    body = tuple(
        block for number, line in enumerate(lines, 1) for block in _proposed(number, line.name)
    )
    annex = Annex(f"Danh sách thành viên {SUBJECT_NAME}", body)
    about = f"Về việc thành lập {SUBJECT_NAME}, {unit}"
    return _decision(issuer, about, opening, day, annex, len(lines))


def _proposed(number: int, hamlet: str) -> tuple:
    name = f"{hamlet[:1].lower()}{hamlet[1:]}"
    rows = tuple(
        (str(place), BLANK, f"{post} {name}" if post else BLANK, position, "")
        for place, (post, position) in enumerate(PROPOSED, 1)
    )
    return Heading(f"{number}. {SUBJECT_NAME} {name}", 2), Table(HEADS, rows, WIDTHS, "clllc")


def form_the_teams(paper) -> tuple[str, str]:
    """The page that forms a team by the decision just numbered, its fields filled in."""
    page = address("teams:form", u=paper.place_id, decision=paper.document_id)
    return _("Form a team by this decision"), page


KINDS = (
    PaperKind(
        code="formation_decision",
        label=_("Decision that forms the team"),
        subject="team",
        find=find,
        drawn=drawn,
        document_kind="decision",
        abbreviation="QĐ",
    ),
    PaperKind(
        code="formation_draft",
        label=_("Draft of a decision that forms teams"),
        subject="commune",
        find=find_commune,
        drawn=drawn_for_commune,
        document_kind="decision",
        abbreviation="QĐ",
        follow_up=form_the_teams,
    ),
)
