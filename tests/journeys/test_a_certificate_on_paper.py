"""II.2.6: who finished a course gets a certificate; its number goes into the unit's register."""

import datetime as dt
import io

import pytest
from docx import Document as Word

from cncd.results.paperwork.models import Paper
from cncd.work.training.models import Completion
from cncd.work.training.tests.test_planning import hold, room
from tests.forms import fields

__all__ = ["room"]
pytestmark = pytest.mark.django_db


def test_from_the_course_to_the_numbered_certificate(room, page_client):
    c = room
    hold(c, c.topics["mua-ban"], people=[c.tu.person])
    done = Completion.objects.get()
    desk = page_client.as_(c.lan)
    page = desk.get(f"/training/certificates/{done.pk}/").content.decode()
    assert "Giấy chứng nhận tập huấn" in page
    at = f"/papers/new/training_certificate/{done.pk}/"
    desk.post(at, fields(desk.get(at), at))
    paper = Paper.objects.get()
    at = f"{paper.get_absolute_url()}number/"
    desk.post(at, fields(desk.get(at), at) | {"number": ["3"], "issued_on": ["21/11/2026"]})
    word = Word(
        io.BytesIO(b"".join(desk.get(f"{paper.get_absolute_url()}word/").streaming_content))
    )
    told = [p.text for p in word.paragraphs]
    assert "GIẤY CHỨNG NHẬN" in told
    assert "Ông (bà) Sơn Văn Tư" in told
    assert "Số: 03/GCN-UBND" in [p.text for p in word.tables[-1].cell(0, 0).paragraphs]
    done.refresh_from_db()
    assert (done.number, done.issued_on) == ("03/GCN-UBND", dt.date(2026, 11, 21))
    assert "03/GCN-UBND" in desk.get("/training/certificates/").content.decode()
