"""Báo cáo tháng: of a team, and of a commune, district or province, from what was sent (II.2.8)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places import queries as places
from cncd.results.paperwork.drawing import Annex, Drawn, Figure, Heading, Subject, Text
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.monthly_below import silent_part, table_below
from cncd.results.paperwork.kinds.monthly_lines import table_of, team_lines, unit_lines
from cncd.results.paperwork.kinds.monthly_parts import (
    answerable,
    closing,
    difficulties,
    results,
    sent_of,
)
from cncd.results.paperwork.kinds.phrases import address, count, month, one
from cncd.results.paperwork.registry import PaperKind
from cncd.results.reports.models import Report
from cncd.results.totals.consolidated import Consolidated
from cncd.team.teams.models import Membership, Team
from cncd.team.teams.queries import reaches

KEY = (
    "Ghi chú: “0” là đã thống kê và bằng không; “không phát sinh” là trong kỳ không có việc; “chưa "
    "báo cáo” là chưa có số liệu. Dấu “–” là không có mức giao hoặc không so sánh, cộng dồn được."
)


def _sent(user):
    rows = Report.objects.visible_to(user).counting()
    return rows.select_related("team", "place__level", "period", "sent")


def _subject(report: Report, place, label: str, page: str, issuer: str) -> Subject:
    team = report.team
    day = report.period.last_day
    return Subject(report, label[:200], page, place, issuer, team=team, day=day)


# -- a team ---------------------------------------------------------------------------------------


def find_of_team(pk, user) -> Subject | None:
    """A report the team has sent."""
    report = one(_sent(user).of_teams(), pk)
    commune = report and issuers.commune_of(report.team, report.period.last_day)
    if not commune:
        return None
    label = f"{report.team.name}, {month(report.period)}"
    return _subject(report, commune, label, report.get_absolute_url(), report.team.name)


def drawn_of_team(subject: Subject, day: dt.date, user) -> Drawn:
    """The team's month, as it was sent to the commune."""
    report, team = subject.record, subject.team
    last_day = report.period.last_day
    issuer = issuers.of_team(team, last_day)
    lines = team_lines(report)
    body = (
        Heading("I. TÌNH HÌNH TỔ CHỨC"),
        *_organisation_of_team(team, report),
        Heading("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU"),
        Text("Kết quả từng chỉ tiêu được giao tại Phụ lục kèm theo Báo cáo này."),
        Heading("III. KẾT QUẢ THEO NỘI DUNG HOẠT ĐỘNG"),
        *results(report, lines),
        Heading("IV. KHÓ KHĂN, VƯỚNG MẮC, NGUYÊN NHÂN"),
        *difficulties(report),
        *closing(report),
    )
    return Drawn(
        **issuer.head,
        title="BÁO CÁO",
        symbol="",
        about=f"Kết quả hoạt động {month(report.period)} của {issuer.name}",
        addressees=(issuers.board_of(subject.place, last_day).name,),
        body=body,
        annexes=(_figures(report, lines),),
        recipients=("Như trên", "Thành viên Tổ"),
    )


def _organisation_of_team(team: Team, report: Report) -> tuple:
    last_day = report.period.last_day
    rows = list(team.memberships.all())
    held = [row for row in rows if row.holds_on(last_day)]
    first = report.period.first_day
    joined = [r for r in held if r.since_on > max(first, team.since_on)]
    left = [r for r in rows if r.until_on and first <= r.until_on <= last_day]
    page = address("teams:team", team.pk)

    def bound(value: int, label: str) -> Figure:
        return Figure(count(value), "teams", team.pk, 0, page, label)

    leader = next((r.person for r in held if r.position == Membership.Position.LEADER), None)
    return (
        Text(
            ("Tổ có ", bound(len(held), "Số thành viên"), " thành viên; trong kỳ tham gia thêm ",
             bound(len(joined), "Thành viên tham gia thêm"), " người, thôi tham gia ",
             bound(len(left), "Thành viên thôi tham gia"), " người.")
        ),
        Text(f"Tổ trưởng: {leader.full_name if leader else 'chưa có'}."),
        *answerable(team, last_day, "người đứng đầu chính quyền cấp xã"),
    )  # fmt: skip


# -- a unit ---------------------------------------------------------------------------------------


def find_of_unit(pk, user) -> Subject | None:
    """A consolidated report the unit has confirmed."""
    report = one(_sent(user).of_places(), pk)
    if report is None:
        return None
    day = report.period.last_day
    named = issuers.named_on(report.place, day)
    label = f"{named.full_name}, {month(report.period)}"
    page = address("totals:unit", u=report.place_id, k=report.period.code)
    short = issuers.office_short(report.place, named, day)
    return _subject(report, report.place, label, page, short)


def drawn_of_unit(subject: Subject, day: dt.date, user) -> Drawn:
    """The unit's month as it confirmed it, with what each unit or team below has sent."""
    report = subject.record
    page = confirmed(report)
    last_day = report.period.last_day
    issuer = issuers.office_of(page.place, last_day)
    lines = unit_lines(page)
    body = (
        Heading("I. TÌNH HÌNH TỔ CHỨC, CHẾ ĐỘ BÁO CÁO"),
        *_organisation_of_unit(page, subject),
        Heading("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU"),
        Text(
            "Kết quả từng chỉ tiêu tại Phụ lục I; kết quả theo từng đơn vị, Tổ trực thuộc tại Phụ "
            "lục II kèm theo Báo cáo này."
        ),
        Heading("III. KẾT QUẢ THEO NỘI DUNG HOẠT ĐỘNG"),
        *results(report, lines),
        Heading("IV. KHÓ KHĂN, VƯỚNG MẮC, NGUYÊN NHÂN"),
        *difficulties(report, page.difficulties),
        *closing(report),
    )
    return Drawn(
        **issuer.head,
        title="BÁO CÁO",
        symbol=issuer.sign("BC"),
        about="Kết quả hoạt động của Tổ công nghệ số cộng đồng "
        f"{issuer.unit} {month(report.period)}",
        addressees=(issuers.above(page.place, last_day),),
        body=body,
        annexes=(_figures(report, lines), table_below(page)),
        recipients=("Như trên", "Thường trực cấp ủy, HĐND (b/c)", "Các đơn vị, Tổ trực thuộc"),
    )


def confirmed(report: Report) -> Consolidated:
    """The unit's report as the version that counts had it, whatever changed below since."""
    named = places.names([report.place_id], report.period.last_day)[report.place_id]
    report.place.name, report.place.full_name = named.name, named.full_name
    page = Consolidated(report.place, report.period)
    page.past = report.sent
    if page.total:  # what is added up over the months must know whose row it is
        page.total.place_id, page.total.period_id = report.place_id, report.period_id
    return page


def _organisation_of_unit(page: Consolidated, subject: Subject) -> tuple:
    place, last_day = page.place, page.period.last_day
    here = reaches([place.pk], last_day)[0]
    where = address("teams:list", u=place.pk, k=page.period.code)

    def bound(value: int, label: str) -> Figure:
        return Figure(count(value), "teams", place.pk, 0, where, label)

    def counted(shown: str, label: str) -> Figure:
        number, at = page.past.number, subject.address
        return Figure(shown, "reports", subject.record.pk, number, at, label)

    get = page.counts.get
    return (
        Text(
            ("Đến cuối kỳ, trên địa bàn có ", bound(here.teams, "Số Tổ"), " Tổ với ",
             bound(here.members, "Số thành viên"), " thành viên; ",
             bound(here.covered, "Khóm, ấp đã có Tổ"), "/", bound(here.hamlets, "Tổng số khóm, ấp"),
             " khóm, ấp đã có Tổ.")
        ),
        sent_of(get("due", 0), get("on_time", 0), get("late", 0), counted),
        *silent_part(page),
        *answerable(place, last_day, f"người đứng đầu {issuers.board_of(place, last_day).name}"),
    )  # fmt: skip


def _figures(report: Report, lines) -> Annex:
    title = f"Kết quả thực hiện chỉ tiêu {month(report.period)}"
    return Annex(title, (table_of(lines), Text(KEY)), landscape=True)


KINDS = (
    PaperKind(
        code="team_report",
        label=_("Monthly report of the team"),
        subject="report",
        find=find_of_team,
        drawn=drawn_of_team,
        document_kind="report",
        abbreviation="BC",
        numbered=False,
    ),
    PaperKind(
        code="unit_report",
        label=_("Monthly report of the unit"),
        subject="report",
        find=find_of_unit,
        drawn=drawn_of_unit,
        document_kind="report",
        abbreviation="BC",
    ),
)
