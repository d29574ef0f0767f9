"""Builds the demo province, part by part; a reset drops everything first."""

import datetime as dt
import gc
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from cncd.config import reactions
from cncd.config.demo.asking import Targets
from cncd.config.demo.difficulties import Difficulties
from cncd.config.demo.directives import Asked
from cncd.config.demo.funds import Funds
from cncd.config.demo.ground import TREES, Ground
from cncd.config.demo.groups import Groups
from cncd.config.demo.homes import Households
from cncd.config.demo.library import Shelf
from cncd.config.demo.market import Market
from cncd.config.demo.names import Phones
from cncd.config.demo.officers import Officers
from cncd.config.demo.overseeing import Overseen
from cncd.config.demo.papers import Papers
from cncd.config.demo.piloting import Piloted
from cncd.config.demo.reporting import Reporting
from cncd.config.demo.rewarding import Crowds, Rewarded
from cncd.config.demo.teams import Teams
from cncd.config.demo.training import Training
from cncd.config.demo.working import Working
from cncd.foundation.places.models import Setting
from cncd.team.programme.actions import ensure_period, seed_programme
from cncd.team.programme.models import PeriodScheme

SEED = 94
MONTHS = 12


class Calendar:
    """The programme as packaged, and the months the demo tells of: twelve, and one a year ago."""

    def __init__(self, demo):
        self.demo = demo

    def build(self) -> None:
        demo = self.demo
        seed_programme(by=demo.admin)
        scheme = PeriodScheme.objects.get(in_use=True)
        demo.last_year, *demo.periods = [
            ensure_period(scheme=scheme, day=first_of_month(demo.today, back), by=demo.admin)
            for back in range(MONTHS, -1, -1)
        ]


# Each is made with the demo, then built: class, what the progress bar says, its share of the way.
# One may look at whatever those above it left on the demo.
BEFORE_REPORTS = (
    (Ground, "Đơn vị hành chính", 0.01),
    (Officers, "Cơ quan và cán bộ", 0.05),
    (Teams, "Tổ và thành viên", 0.08),
    (Calendar, "Chỉ tiêu và kỳ báo cáo", 0.3),
    (Households, "Danh sách hộ", 0.31),
    (Market, "Sổ sản phẩm", 0.33),
    (Working, "Việc của các Tổ", 0.37),
    (Crowds, "Việc của các Tổ", 0.618),
    (Groups, "Nhóm Zalo", 0.62),
    (Targets, "Mức giao", 0.625),
    (Asked, "Văn bản giao việc", 0.63),
    (Shelf, "Thư viện", 0.632),
    (Training, "Tập huấn", 0.634),
    (Difficulties, "Khó khăn", 0.637),
    (Funds, "Kinh phí, đối tác", 0.639),
)
AFTER_REPORTS = (  # these change what reports have counted, as it would be in life
    (Overseen, "Kiểm tra, đánh giá", 0.99),
    (Rewarded, "Khen thưởng", 0.993),
    (Piloted, "Thí điểm", 0.996),
    (Papers, "Văn bản", 0.997),
)


def built() -> str | None:
    """The tree of the demo that stands here; None when there is none."""
    banner = Setting.objects.filter(key="demo.banner").values_list("value", flat=True).first()
    return next((tree for tree, chosen in TREES.items() if chosen["banner"] == banner), None)


class Demo:
    """One run; `tell(text, share)` hears how far it is, share from 0 to 1."""

    def __init__(self, tree: str = "2022", tell=lambda text, share: None, seed: int = SEED):
        self.tree, self.tell, self.random = tree, tell, Random(seed)  # noqa: S311  not a secret
        self.now = timezone.localtime()
        self.today = self.now.date()
        self.start = first_of_month(self.today, MONTHS - 1)
        self.phones = Phones()

    def build(self) -> None:
        """Everything in one transaction: a demo half built is no demo."""
        # Nearly all that is made here lives on: searching it for garbage takes a third of the time.
        gc.disable()
        try:
            with transaction.atomic():
                self._build()
        finally:
            gc.enable()

    def _build(self) -> None:
        with reactions.paused():
            self._parts(BEFORE_REPORTS)
        count_rows()
        Reporting(self).build()
        self._parts(AFTER_REPORTS)
        self.tell("", 1)

    def _parts(self, parts) -> None:
        for part, text, share in parts:
            self.tell(text, share)
            part(self).build()


def count_rows() -> None:
    """Tells PostgreSQL's planner what this transaction has written; nobody else can see it yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def first_of_month(day: dt.date, back: int) -> dt.date:
    """The first day of the month that many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return dt.date(year, month + 1, 1)
