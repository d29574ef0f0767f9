"""What the enterprise of the demo promised, to which communes (IV.5)."""

import datetime as dt

from cncd.config.demo import clock
from cncd.foundation.documents.actions import add_document
from cncd.work.partners.actions import make_pledge

OTHERS = 4  # communes besides the example


def promise(demo) -> dict[int, tuple]:
    """Records the promises; gives {commune id: (agency, first day, last day)}."""
    since = demo.start + dt.timedelta(days=92)
    until = dt.date(demo.today.year + 1, 1, 1)
    others = [c for c in demo.communes if c.pk != demo.example.pk]
    chosen = [demo.example, *demo.random.sample(others, min(OTHERS, len(others)))]
    paper = _paper(demo, since)
    for number, commune in enumerate(chosen):
        officer = demo.accounts["commune_officer", commune.pk]
        for kind, amount in (("shops", 9 + number), ("listings", 14 + 2 * number)):
            make_pledge(
                agency=demo.firm,
                place=commune,
                kind=kind,
                amount=amount,
                since_on=since,
                until_on=until,
                document=paper,
                by=officer,
                now=clock.office(demo.random, clock.working_day(since)),
            )
    return {commune.pk: (demo.firm, since, until - dt.timedelta(days=1)) for commune in chosen}


def _paper(demo, since: dt.date):
    """The plan the promises stand in."""
    return add_document(
        kind="plan",
        number="15/KH-DNVT",
        issued_on=clock.working_day(since, step=-1),
        issuer="Doanh nghiệp viễn thông minh họa",
        subject="Hỗ trợ chủ thể OCOP mở gian hàng, đưa sản phẩm lên sàn thương mại điện tử",
        place=demo.province,
        by=demo.accounts["province_officer", demo.province.pk],
        now=clock.office(demo.random, clock.working_day(since)),
    )
