import datetime as dt
import unicodedata
import uuid
from contextlib import suppress

import pytest
import time_machine
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.kit.amounts import AmountField
from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    PhoneField,
    SeenMixin,
    WholeNumberField,
    today,
)


class Sample(OnceMixin):
    number = NFCCharField(label="Số", help_text="Ví dụ 12/QĐ-UBND")
    issued_on = DayField(label="Ngày ký")
    tie = forms.ChoiceField(
        label="Quan hệ", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Ghi chú", required=False)
    agree = forms.BooleanField(label="Đồng ý", required=False)


def refused(field, value) -> str:
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(value)
    return refusal.value.messages[0]


@pytest.mark.parametrize(
    "text", ["22/11/2026", "22-11-2026", "22.11.2026", "2026-11-22", " 22/11/2026 "]
)
def test_a_day_is_read_as_people_and_browsers_write_it(text):
    assert DayField().clean(text) == dt.date(2026, 11, 22)


@pytest.mark.parametrize("text", ["31/02/2026", "11/22/2026", "hôm qua", "22/11", "0022-11-2026"])
def test_what_is_no_day_is_refused_with_an_example(text):
    assert "22/11/2026" in refused(DayField(), text)


def test_a_day_at_the_end_of_the_calendar_is_refused():
    assert "Năm 9999 còn quá xa" in refused(DayField(), "31/12/9999")


def test_what_only_a_forged_page_sends_is_refused_in_vietnamese():
    sent = QueryDict("number=a%00b&issued_on=1/1/2026&tie=a&envelope=zzz")
    told = [message for row in Sample(sent).errors.values() for message in row]
    assert told == [
        "Mã của trang không đúng. Hãy tải lại trang rồi làm lại.",
        "Có ký tự không đọc được. Hãy gõ lại.",
    ]


def test_a_year_typed_wrong_is_refused():
    assert "202" in refused(DayField(), "22/11/0202")


@time_machine.travel("2026-11-21 18:00Z")
def test_the_day_is_that_of_vietnam_and_tomorrow_may_be_refused():
    assert today() == dt.date(2026, 11, 22)
    assert DayField(past=True).clean("22/11/2026") == today()
    assert "23/11/2026" in refused(DayField(past=True), "23/11/2026")
    assert DayField().clean("23/11/2026")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1.234", 1234), ("1 234", 1234), ("1,234", 1234), ("1.234.567", 1234567),
     ("0", 0), ("007", 7), (" 5 ", 5), ("١٢", 12)],
)  # fmt: skip
def test_counts_may_be_grouped(text, number):
    assert WholeNumberField(max_value=10_000_000).clean(text) == number


@pytest.mark.parametrize("text", ["-1", "−3", "1,5", "mười", "1.23", "1e3", "0x1f", "1..234"])
def test_what_is_no_count_is_refused(text):
    assert refused(WholeNumberField(), text)


def test_absurd_counts_are_refused_with_the_limit_in_words():
    assert "1.000.000" in refused(WholeNumberField(), "1000001")
    assert "500" in refused(WholeNumberField(max_value=500), "501")
    assert refused(WholeNumberField(), "9" * 5000)
    assert "1 trở lên" in refused(WholeNumberField(min_value=1), "0")


@pytest.mark.parametrize(
    "text",
    ["0912345678", "0912 345 678", "+84912345678", "84912345678", "091.234.5678", "(091) 2345-678"],
)
def test_one_phone_number_however_it_is_written(text):
    assert PhoneField().clean(text) == "0912345678"


@pytest.mark.parametrize("text", ["12345", "912345678", "09123456789012", "không có", "0912a45678"])
def test_what_is_no_phone_number_is_refused(text):
    assert "0912 345 678" in refused(PhoneField(), text)


def test_an_empty_phone_number_stays_empty_when_optional():
    assert PhoneField(required=False).clean("") == ""


def test_text_is_kept_in_one_spelling():
    decomposed = unicodedata.normalize("NFD", "  Hòa   Lộc ")
    assert NFCCharField().clean(decomposed) == "Hòa Lộc"
    several = NFCCharField(widget=forms.Textarea)
    assert several.clean(" một\n  hai ") == "một\n  hai"


def test_a_field_with_errors_says_so_to_the_eye_and_to_the_ear():
    html = str(Sample(QueryDict("number=&issued_on=x&tie=a")))
    assert 'href="#id_number"' in html
    assert 'id="id_number_error"' in html
    assert 'aria-describedby="id_number_helptext id_number_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'role="alert"' in html
    assert "Có 2 chỗ cần sửa" in html


def test_the_summary_leads_to_the_first_of_several_choices():
    html = str(Sample(QueryDict("number=1&issued_on=1/1/2026")))
    assert 'href="#id_tie_0"' in html
    assert 'id="id_tie_0"' in html


def test_every_field_has_its_label_and_the_optional_ones_say_so():
    html = str(Sample())
    assert '<label class="form-label" for="id_number">Số</label>' in html
    assert html.count("không bắt buộc") == 1  # a box to tick needs no such word
    assert '<label class="form-check-label" for="id_agree">Đồng ý</label>' in html
    assert 'class="form-control"' in html
    assert "alert" not in html


def test_what_people_typed_is_never_taken_for_html():
    html = str(Sample(QueryDict("number=<script>alert(1)</script>&issued_on=<b>")))
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_form_sent_twice_is_one_letter():
    number = str(uuid.uuid4())
    data = f"envelope={number}&number=1&issued_on=22/11/2026&tie=a&csrfmiddlewaretoken="
    first, second = Sample(QueryDict(data + "x")), Sample(QueryDict(data + "y"))
    assert first.is_valid()
    assert second.is_valid()
    one = first.envelope_of(kind="sample", sender=None)
    two = second.envelope_of(kind="sample", sender=None)
    assert str(one["id"]) == number
    assert (one["id"], one["content"]) == (two["id"], two["content"])
    assert one["content"]["issued_on"] == ["22/11/2026"]


def test_every_page_carries_a_letter_of_its_own():
    assert Sample()["envelope"].value() != Sample()["envelope"].value()


class Terms(SeenMixin):
    day = DayField()
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])


def test_what_changed_after_the_page_was_opened_is_not_written_over():
    stood = {"day": dt.date(2026, 11, 22), "kinds": ["a"]}
    shown = Terms(initial=stood)["seen"].value()
    sent = QueryDict(f"seen={shown}&day=1/12/2026&kinds=b")
    assert Terms(sent, initial=dict(stood)).is_valid()
    late = Terms(sent, initial=stood | {"kinds": ["a", "b"]})
    assert not late.is_valid()
    assert "Có người vừa sửa" in str(late.non_field_errors())
    assert shown in str(late)  # and so it stays until the page is opened anew


FIELDS = {
    "a day": DayField(),
    "a count": WholeNumberField(),
    "an amount": AmountField(),
    "a phone number": PhoneField(),
    "a text": NFCCharField(max_length=200),
}
WILD = st.one_of(
    st.text(max_size=300),
    st.text("0123456789.,-+/eE −tỷriệunghìđồ ", max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
)


@pytest.mark.parametrize("name", FIELDS)
@given(text=WILD)
def test_whatever_is_typed_is_understood_or_refused_in_words(name, text):
    with suppress(forms.ValidationError):
        FIELDS[name].clean(text)
