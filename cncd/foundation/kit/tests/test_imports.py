"""An import shows what it would do, writes it once when confirmed, and never half."""

import io
import os

import pytest
from django.contrib.messages import get_messages
from django.utils.html import strip_tags

from cncd.foundation.kit.excel import Heading, RowError, read_sheet
from cncd.foundation.kit.import_store import folder, forget_old_uploads
from cncd.foundation.kit.import_table import AT_ONCE, ImportTable
from cncd.foundation.kit.imports import WRONG, Line

from .import_urls import DUCKS, WRITTEN, DuckImport
from .sheets_of import Upload, xlsx

pytestmark = pytest.mark.urls("cncd.foundation.kit.tests.import_urls")
HEAD = ["Tên vịt", "Số trứng"]


@pytest.fixture
def client(page_client):
    """Every page opened here is examined as well."""
    return page_client


@pytest.fixture(autouse=True)
def pond():
    DUCKS.clear()
    WRITTEN.clear()
    DUCKS.update({"Vịt Cỏ": 5, "Vịt Bầu": 7})
    yield
    for path in folder().iterdir():
        path.unlink()


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.lan)
    return client


def upload(client, *rows) -> str:
    """Uploads the rows; returns the address of the preview."""
    response = client.post("/ducks/", {"file": xlsx(HEAD, *rows)})
    assert response.status_code == 302, strip_tags(response.content.decode())
    return response.url


def confirm(client, preview: str, digest: str = ""):
    digest = digest or client.get(preview).context["digest"]
    return client.post(preview, {"confirm": "1", "digest": digest})


def told(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_preview_counts_what_would_happen_and_writes_nothing(officer):
    page = officer.get(upload(officer, ["Vịt Cỏ", 5], ["Vịt Bầu", 9], ["Vịt Xiêm", 3]))
    assert page.context["count"] == {"new": 1, "updated": 1, "unchanged": 1, "wrong": 0}
    assert "7 → 9" in page.content.decode()
    assert WRITTEN == []


def test_confirming_writes_new_and_changed_rows_once_and_removes_the_file(officer):
    preview = upload(officer, ["Vịt Cỏ", 5], ["Vịt Bầu", 9], ["Vịt Xiêm", 3])
    response = confirm(officer, preview)
    assert response.url == "/people/"
    assert told(response) == "Đã ghi 2 con vịt."
    assert WRITTEN == [["Vịt Bầu", "Vịt Xiêm"]]
    assert list(folder().iterdir()) == []


def test_confirming_twice_tells_the_same_and_writes_once(officer):
    preview = upload(officer, ["Vịt Xiêm", 3])
    digest = officer.get(preview).context["digest"]
    confirm(officer, preview, digest)
    assert "Đã ghi 1 con vịt." in told(confirm(officer, preview, digest))
    assert "Đã ghi 1 con vịt." in told(officer.get(preview))
    assert len(WRITTEN) == 1


def test_of_two_confirmations_at_once_one_finds_the_file_taken(officer):
    preview = upload(officer, ["Vịt Xiêm", 3])
    digest = officer.get(preview).context["digest"]
    (kept,) = folder().iterdir()
    kept.rename(f"{kept}.taken")  # the other request is writing
    response = confirm(officer, preview, digest)
    assert response.url == "/people/"
    assert WRITTEN == []


def test_a_wrong_row_keeps_everything_from_being_written(officer):
    preview = upload(officer, ["Vịt Xiêm", "nhiều"], ["Vịt Đẹt", 1], ["Vịt Đẹt", 2])
    page = officer.get(preview)
    text = page.content.decode()
    assert page.context["count"]["wrong"] == 2
    assert "“nhiều” không phải là số" in text
    assert 'name="confirm"' not in text
    assert confirm(officer, preview).url == preview
    assert WRITTEN == []


def test_data_changed_since_the_preview_is_shown_again(officer):
    preview = upload(officer, ["Vịt Cỏ", 6])
    digest = officer.get(preview).context["digest"]
    DUCKS["Vịt Cỏ"] = 6
    response = confirm(officer, preview, digest)
    assert response.url == preview
    assert officer.get(preview).context["count"]["unchanged"] == 1
    assert WRITTEN == []


def test_what_the_action_refuses_is_told_and_the_file_stays(officer):
    preview = upload(officer, ["Vịt Xiêm", 13])
    assert "số xui" in told(confirm(officer, preview))
    assert officer.get(preview).status_code == 200


def test_an_unreadable_file_is_refused_at_its_field(officer):
    response = officer.post("/ducks/", {"file": Upload(b"%PDF-1.7", "vit.xlsx")})
    assert "PDF" in response.context["form"].errors["file"][0]
    assert list(folder().iterdir()) == []


def test_another_session_cannot_open_the_preview(officer, client, cast):
    preview = upload(officer, ["Vịt Xiêm", 3])
    client.logout()
    client.force_login(cast.dung)
    assert client.get(preview).url == "/ducks/"
    assert confirm(client, preview, "x").url == "/ducks/"
    assert WRITTEN == []


def test_choosing_another_file_drops_this_one(officer):
    preview = upload(officer, ["Vịt Xiêm", 3])
    assert officer.post(preview, {"drop": "1"}).url == "/ducks/"
    assert list(folder().iterdir()) == []
    assert officer.get(preview).url == "/ducks/"


def test_files_never_confirmed_are_forgotten_after_a_day(officer):
    upload(officer, ["Vịt Xiêm", 3])
    upload(officer, ["Vịt Đẹt", 3])
    old = next(folder().iterdir())
    os.utime(old, (0, 0))
    assert forget_old_uploads() == 1
    assert len(list(folder().iterdir())) == 1


def test_at_most_five_files_are_kept_for_one_session(officer):
    for number in range(7):
        upload(officer, [f"Vịt {number}", number])
    assert len(list(folder().iterdir())) == 5


def test_the_template_can_be_filled_in_and_uploaded(officer):
    response = officer.get("/ducks/?template=1")
    assert 'filename="ducks.xlsx"' in response["Content-Disposition"]
    message = officer.post("/ducks/", {"file": Upload(response.content)}).context["form"].errors
    assert "3" in message["file"][0]


def test_the_wrong_rows_come_as_excel_that_can_be_corrected_and_uploaded(officer):
    preview = upload(officer, ["Vịt Xiêm", "nhiều"], ["Vịt Đẹt", 1])
    response = officer.get(f"{preview}&state=wrong&export=xlsx")
    sheet = read_sheet(io.BytesIO(response.content), DuckImport.columns)
    assert [(row["name"], row.raw["eggs"]) for row in sheet] == [("Vịt Xiêm", "nhiều")]


def test_a_wide_file_shows_its_first_columns_and_every_column_with_a_mistake(rf):
    headings = [Heading(f"h{number}", f"Cột {number}") for number in range(30)]
    line = Line(5, WRONG, {}, errors=[RowError(5, "Cột 20", "Sai")])
    about = {"title": "", "template": "", "context": {}}
    table = ImportTable(rf.get("/"), [line], headings, **about)
    shown = [column.key for column in table.shown if column.key.startswith("v-")]
    assert shown == [f"v-h{number}" for number in [*range(AT_ONCE), 20]]
    assert table.context["more_columns"] == 30 - AT_ONCE - 1
