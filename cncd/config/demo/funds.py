"""Money of the demo's example commune and its district; where no signal reaches (III, IV.5)."""

import datetime as dt

from cncd.config.demo import clock
from cncd.foundation.documents.actions import add_document
from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Coverage
from cncd.work.money.actions import Said, import_entries, record_entry
from cncd.work.money.models import Purpose, Source
from cncd.work.partners import actions as partners
from cncd.work.partners.models import Gap, Operator
from cncd.work.partners.queries.elsewhere import UNION

COMMUNE, DISTRICT = "ngan-sach-xa", "ngan-sach-huyen"
# source, purpose, đồng, what for
BUDGET_OF_COMMUNE = [
    (COMMUNE, "ho-tro-thanh-vien", 18_000_000, "Hỗ trợ xăng xe, điện thoại cho thành viên Tổ"),
    (COMMUNE, "thiet-bi", 6_000_000, "Loa cầm tay, bảng hướng dẫn"),
    (COMMUNE, "tap-huan", 5_000_000, "Tập huấn thành viên Tổ"),
    ("tai-tro-doanh-nghiep", "tuyen-truyen", 3_000_000, "In tờ rơi hướng dẫn VNeID"),
]
BUDGET_OF_DISTRICT = [
    (DISTRICT, "tap-huan", 60_000_000, "Tập huấn cán bộ, thành viên Tổ toàn huyện"),
    (DISTRICT, "tuyen-truyen", 25_000_000, "Tuyên truyền trên đài truyền thanh"),
    (DISTRICT, "khen-thuong", 12_000_000, "Khen thưởng cuối năm"),
]
# days ago, source, purpose, đồng, what for
SPENT_BY_COMMUNE = [
    (250, COMMUNE, "thiet-bi", 4_200_000, "4 loa cầm tay cho các Tổ"),
    (196, COMMUNE, "tap-huan", 2_350_000, "Nước uống, tài liệu lớp tập huấn quý II"),
    (150, COMMUNE, "ho-tro-thanh-vien", 6_000_000, "Hỗ trợ thành viên Tổ 6 tháng đầu năm"),
    (96, "tai-tro-doanh-nghiep", "tuyen-truyen", 2_800_000, "In 2.000 tờ rơi hướng dẫn VNeID"),
    (60, COMMUNE, "thiet-bi", 2_450_000, "2 loa cầm tay, bảng hướng dẫn đặt ở nhà văn hóa ấp"),
    (33, COMMUNE, "ho-tro-thanh-vien", 3_000_000, "Hỗ trợ thành viên Tổ quý III"),
    (12, "xa-hoi-hoa", "ho-tro-thanh-vien", 1_250_000, "Bà con góp tiền xăng cho Tổ đi vận động"),
]
SPENT_BY_DISTRICT = [
    (180, DISTRICT, "tap-huan", 27_500_000, "Hai lớp tập huấn thành viên Tổ"),
    (90, DISTRICT, "tuyen-truyen", 9_600_000, "Biên tập, phát chương trình chuyển đổi số"),
    (41, DISTRICT, "tap-huan", 18_400_000, "Lớp tập huấn bán hàng trên sàn"),
]


class Funds:
    """Records it through the actions, as officers of a `build.Demo`."""

    def __init__(self, demo):
        self.demo, self.today = demo, demo.today
        self.commune = demo.example
        self.officer = demo.accounts["commune_officer", self.commune.pk]
        self.district = next((d for d in demo.districts if d.pk == self.commune.parent_id), None)
        self.catalogue = {row.code: row for model in (Source, Purpose)
                          for row in model.objects.all()}  # fmt: skip

    def build(self) -> None:
        self._money(self.commune, self.officer, BUDGET_OF_COMMUNE, SPENT_BY_COMMUNE)
        if self.district is not None:
            officer = self.demo.accounts["district_officer", self.district.pk]
            self._money(self.district, officer, BUDGET_OF_DISTRICT, SPENT_BY_DISTRICT)
        self._promises()
        self._signals()

    def _at(self, day: dt.date) -> dt.datetime:
        return min(clock.office(self.demo.random, day), self.demo.now)

    def _said(self, on, source, purpose, amount, what, document=None) -> Said:
        return Said(on, self.catalogue[source], self.catalogue[purpose], amount, what, document)

    # -- money ------------------------------------------------------------------------------------

    def _money(self, place, officer, budget, spent) -> None:
        """The year's budget by one plan; spending from Excel, the newest line by hand."""
        year, begun = self.today.year, dt.date(self.today.year, 1, 8)
        begun = clock.working_day(min(begun, self.today), step=-1)
        leader = self.demo.accounts[f"{place.level.code}_leader", place.pk].person
        paper = add_document(
            kind="plan", number="08/KH-UBND", issued_on=begun, place=place, by=officer,
            issuer=f"UBND {place.full_name}", signer=leader.full_name, signer_title="Chủ tịch",
            now=self._at(begun),
            subject="Kinh phí hoạt động Tổ công nghệ số cộng đồng",
        )  # fmt: skip
        lines = [self._said(year, *line, paper) for line in budget]
        import_entries(place=place, lines=lines, by=officer, file_name="du-toan.xlsx",
                       now=self._at(begun))  # fmt: skip
        days = [(self.today - dt.timedelta(days=ago), line) for ago, *line in spent]
        known = [self._said(day, *line) for day, line in days if day >= begun]
        if known[:-1]:
            import_entries(place=place, lines=known[:-1], by=officer, now=self._at(known[-2].on),
                           file_name="kinh-phi-da-chi.xlsx")  # fmt: skip
        for said in known[-1:]:
            record_entry(place=place, said=said, by=officer, now=self._at(said.on))

    # -- partners -------------------------------------------------------------------------------

    def _promises(self) -> None:
        """The enterprise connects, teaches and sends people; the union sends its members."""
        since = dt.date(self.today.year, self.today.month, 1) - dt.timedelta(days=62)
        until = dt.date(self.today.year + 1, 1, 1)
        about = {"place": self.commune, "since_on": since, "until_on": until, "by": self.officer}
        now = self._at(since)
        firm = self.demo.firm
        for kind, amount in (("connectivity", 3), ("training", 2)):
            partners.make_pledge(agency=firm, kind=kind, amount=amount, now=now, **about)
        people = partners.make_pledge(agency=firm, kind="people", amount=4, now=now, **about)
        union = Agency.objects.filter(branch__code=UNION).order_by("pk").first()
        if union is not None:
            partners.make_pledge(agency=union, kind="people", amount=20, now=now, **about)
        on = self.today - dt.timedelta(days=16)
        partner = self.demo.accounts["enterprise", self.demo.province.pk]
        said = partners.state_delivery(
            pledge=people, amount=4, on=on, by=partner, now=self._at(on),
            note="Cử 4 nhân viên cùng các Tổ hướng dẫn mở ví điện tử",
        )  # fmt: skip
        partners.answer_statement(
            statement=said, confirms=False, amount=3, by=self.officer, version=1,
            note="Xã chỉ gặp 3 người, một người không đến", now=self._at(on + dt.timedelta(days=3)),
        )  # fmt: skip

    # -- signal and lines -------------------------------------------------------------------------

    def _signals(self) -> None:
        """What was seen in the hamlets; one dead spot answered, one closed, one new."""
        operators = list(Operator.objects.all())
        teams = self.demo.by_commune[self.commune.pk]
        covered = Coverage.objects.filter(team__in=[team.pk for team in teams]).values("place")
        hamlets = list(Place.objects.filter(pk__in=covered).select_related("level").order_by("pk"))
        strengths = (("good", "good"), ("good", "weak"), ("weak", "none"), ("good", "good"))
        for number, hamlet in enumerate(hamlets[:6]):
            on = self.today - dt.timedelta(days=50 - 3 * number)
            how = strengths[number % len(strengths)]
            partners.note_hamlet(
                place=hamlet, noted_on=on, source="seen", fibre="no" if "none" in how else "yes",
                signals=dict(zip(operators, how, strict=False)), by=self.officer, now=self._at(on),
            )  # fmt: skip
        self._gaps(hamlets)

    def _gaps(self, hamlets) -> None:
        where = ("Cuối kênh Ba, cụm 12 nhà", "Vườn dừa sau chùa", "Đoạn lộ đất giáp sông")
        found: list[Gap] = []
        for number, place in enumerate((hamlets * 3)[:3]):
            on = self.today - dt.timedelta(days=(45, 38, 4)[number])
            found.append(partners.report_gap(
                place=place, where=where[number], missing=("signal", "weak", "fibre")[number],
                households=(12, 7, 20)[number], found_on=on, by=self.officer, now=self._at(on),
            ))  # fmt: skip
        promised = self.today + dt.timedelta(days=20)
        answered = self._at(self.today - dt.timedelta(days=33))
        words = "Lắp thêm trạm phát sóng nhỏ ở nhà văn hóa ấp"
        partners.answer_gap(gap=found[0], will_do=True, answer=words, done_by=promised, by=None,
                            version=1, now=answered)  # fmt: skip
        seen = self.today - dt.timedelta(days=6)
        partners.check_gap(gap=found[1], covered=True, on=seen, by=self.officer, now=self._at(seen),
                           note="Mạng đã mạnh lên sau khi chỉnh ăng ten")  # fmt: skip
