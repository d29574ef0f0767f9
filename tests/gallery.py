"""Sample pages in both shells: what the tests of the kit open, and a gallery for the eye."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path

from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    PhoneField,
    WholeNumberField,
)
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow, public
from cncd.foundation.people.models import Person

STATES = [
    ("on_time", "đúng hạn"),
    ("late", "trễ"),
    ("missing", "chưa gửi"),
    ("due", "chưa đến hạn"),
]
TONES = {"on_time": "good", "late": "soon", "missing": "late", "due": "quiet"}
HAMLETS = "Mỹ Phước,Mỹ Hòa,Mỹ Thạnh,An Nhơn,An Ninh,Phú Đức,Đầu Giồng,Giồng Chùa,Hòa Lộc,Sóc Mới"


@dataclass
class Row:
    pk: int
    name: str
    commune: str
    members: int
    helped: int | None
    share: float | None
    sent_at: dt.datetime | None
    phone: str
    state: str


def rows(count=30):
    made = []
    for n in range(count):
        state = STATES[n % 4][0]
        sent = dt.datetime(2026, 11, 1 + n % 28, 8, n % 60) if n % 4 < 2 else None
        name = f"Tổ CNCĐ ấp {HAMLETS.split(',')[n % 10]} {n // 10 + 1}"
        helped = 1234 * n if state != "due" else None
        share = n / 29 if helped is not None else None
        phone = f"09000000{n:02}"
        commune = ["Nhơn Mỹ", "Xuân Hòa", "TT Trần Đề"][n % 3]
        made.append(Row(n, name, commune, 4 + n % 7, helped, share, sent, phone, state))
    return made


class SampleList(List):
    title = "Tổ và báo cáo"
    name = "samples"
    columns = [
        Column("name", "Tổ", sort="name", link=lambda row: f"/gallery/detail/{row.pk}/"),
        Column("commune", "Xã", sort="commune"),
        Column("members", "Thành viên", kind="number", sort="members", total=True),
        Column("helped", "Lượt người được giúp", kind="number", sort="helped", total=True),
        Column("share", "Đạt mức giao", kind="percent", sort="share"),
        Column("sent_at", "Gửi lúc", kind="datetime", sort="sent_at"),
        Column("phone", "Điện thoại", kind="phone", hidden=True),
        Column(
            "state",
            "Tình trạng",
            kind="badge",
            value=lambda row: dict(STATES)[row.state],
            tone=lambda row: TONES[row.state],
        ),
    ]
    filters = [
        Choice("state", "Tình trạng", choices=STATES),
        Choice("commune", "Xã", choices=[(c, c) for c in ("Nhơn Mỹ", "Xuân Hòa", "TT Trần Đề")]),
    ]
    search_fields = ["name", "commune"]
    search_hint = "Tìm tổ, xã"
    order = "name"
    empty = "Chưa có Tổ nào ở xã này."


class SelectList(SampleList):
    select = "pk"
    numbered = True


class PersonList(List):
    title = "Người"
    name = "people"
    columns = [
        Column("full_name", "Họ và tên", sort="sort_key"),
        Column("login", "Tên đăng nhập", value="user.login", sort="user__login"),
        Column(
            "units",
            "Đơn vị",
            kind="lines",
            value=lambda p: [str(x.place_id) for x in p.postings.all()],
        ),
    ]
    filters = [
        Choice(
            "role",
            "Vai trò",
            choices=lambda request: [("commune_officer", "Cán bộ xã")],
            apply=lambda people, value: people.filter(postings__role__code=value),
        )
    ]
    search_fields = ["search_key"]
    order = "sort_key"


class SampleForm(OnceMixin):
    number = NFCCharField(label="Số quyết định", max_length=40, help_text="Ví dụ: 12/QĐ-UBND")
    issued_on = DayField(label="Ngày ký", past=True)
    count = WholeNumberField(label="Số lượt người được giúp")
    phone = PhoneField(label="Điện thoại", required=False)
    kind = forms.ChoiceField(
        label="Hình thức", choices=[("a", "Đi từng ngõ, gõ từng nhà"), ("b", "Họp dân")]
    )
    tie = forms.ChoiceField(
        label="Quan hệ với ấp",
        choices=[("lives", "Sống tại ấp"), ("works", "Làm việc tại ấp")],
        widget=forms.RadioSelect,
    )
    note = NFCCharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="Tệp quyết định", required=False)
    agree = forms.BooleanField(label="Nhập thay cho Tổ", required=False)

    def clean(self):
        if self.cleaned_data.get("count") == 13:
            raise forms.ValidationError("Số 13 không khớp với số ghi trong nhật ký.")
        return self.cleaned_data


@allow("account.own")
def sample_list(request, kind="plain"):
    kinds = {"plain": (SampleList, rows), "select": (SelectList, rows), "none": (SampleList, list)}
    chosen, source = kinds[kind]
    context = {"first_step": ("/gallery/form/", "Thành lập Tổ đầu tiên →")}
    return chosen(request, source(), context=context).response()


@allow("people.view")
def people(request):
    rows = Person.objects.select_related("user").prefetch_related("postings")
    return PersonList(request, rows).response()


@allow("account.own")
def sample_form(request, face="shell.html"):
    form = SampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        say_done(request, "Đã lưu quyết định.", undo="/gallery/undo/")
        return redirect("/gallery/form/")
    context = {"form": form, "title": "Thành lập Tổ", "submit": "Lưu", "face": face}
    return render(request, "kit/form_page.html", context)


@allow("account.own")
def sample_confirm(request):
    context = {
        "title": "Giải thể Tổ CNCĐ ấp Mỹ Phước?",
        "question": "Tổ sẽ thôi hoạt động từ ngày 22/11/2026.",
        "consequences": ["4 thành viên thôi nhiệm vụ", "Nhật ký và báo cáo cũ vẫn giữ nguyên"],
        "submit": "Giải thể Tổ",
        "danger": True,
    }
    return render(request, "kit/confirm.html", context)


CHARTS = """{% extends "shell.html" %}{% load kit %}
{% block title %}Biểu đồ{% endblock %}{% block heading %}Biểu đồ{% endblock %}
{% block content %}{% for kind, caption, heads, rows in tables %}<div class="table-wrap">
<table class="table list-table" data-chart="{{ kind }}"><caption>{{ caption }}</caption>
<thead><tr>{% for head in heads %}<th scope="col"{% if head == "Mức giao" %} data-goal{% endif %}>
{{ head }}</th>{% endfor %}</tr></thead><tbody>{% for row in rows %}<tr>{% for cell in row %}
{% if forloop.first %}<th scope="row">{{ cell }}</th>{% else %}
<td class="num">{{ cell|number }}</td>{% endif %}{% endfor %}</tr>{% endfor %}</tbody></table></div>
{% endfor %}{% endblock %}{% block scripts %}{% charts %}{% endblock %}"""


@allow("account.own")
def sample_chart(request):
    months = [
        [f"T{n}", 900 + 137 * n, None if n == 4 else 700 + 90 * n, 1500] for n in range(1, 13)
    ]
    units = [["Kế Sách", 120, 40], ["Trần Đề", 80, 61], ["Thị xã Ngã Năm", 60, 15]]
    heads, sexes = ["Tháng", "Năm 2026", "Năm 2025", "Mức giao"], ["Đơn vị", "Nam", "Nữ"]
    tables = [
        ("line", "Lượt người được giúp", heads, months),
        ("stacked", "Thành viên theo đơn vị", sexes, units),
    ]
    page = engines["django"].from_string(CHARTS)
    return HttpResponse(page.render({"tables": tables}, request))


@public
def door(request):
    return render(request, "404.html")


@public
def broken(request):
    raise RuntimeError("on purpose")


@public
def faulty(request):
    return HttpResponse("<html><body><p style='x'>None</p></body></html>")


urlpatterns = [
    path("gallery/", sample_list),
    path("gallery/people/", people),
    path("gallery/form/", sample_form),
    path("gallery/phone/", sample_form, {"face": "phone.html"}),
    path("gallery/confirm/", sample_confirm),
    path("gallery/chart/", sample_chart),
    path("gallery/door/", door),
    path("gallery/broken/", broken),
    path("gallery/faulty/", faulty),
    path("gallery/<str:kind>/", sample_list),
    path("account/", include("allauth.account.urls")),
    path("", include("cncd.faces.desk.urls")),
]
