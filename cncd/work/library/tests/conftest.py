"""The country with its catalogue on a November day, an enterprise, and texts on the shelf."""

import datetime as dt

import pytest
import time_machine

from cncd.foundation.people.actions import create_agency
from cncd.foundation.people.models import Branch
from cncd.team.programme.models import Content, Platform
from cncd.work.library.actions import About, Text, add_item


@pytest.fixture
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def c(programme, cast, november):
    """Mr Việt serves VNPT, which writes guides for the whole province."""
    branch = Branch.objects.get(code="telecom")
    cast.vnpt = create_agency(
        name="VNPT Sóc Trăng", branch=branch, place=cast.soc_trang, is_enterprise=True,
        since_on=dt.date(2022, 1, 1), by=None,
    )  # fmt: skip
    viet = cast.viettel.person
    viet.postings.all().update(agency=cast.vnpt)
    cast.vneid = Content.objects.get(code="vneid")
    cast.zalo = Platform.objects.get(code="zalo")
    return cast


@pytest.fixture
def write(c):
    """Puts a text on the shelf of the province: `write("Tên", "nội dung", place=…, by=…)`."""

    def written(title="Cài VNeID", body="Mở kho ứng dụng, tìm **VNeID**.", **options):
        fields = {name: options.pop(name) for name in ("summary", "what_changed", "file")
                  if name in options}  # fmt: skip
        send = options.pop("send", True)
        place, by = options.pop("place", c.soc_trang), options.pop("by", c.ha)
        agency = options.pop("agency", None)
        return add_item(
            place=place, by=by, agency=agency, send=send, about=About(**options),
            text=Text(title=title, body=body, **fields),
        )  # fmt: skip

    return written
