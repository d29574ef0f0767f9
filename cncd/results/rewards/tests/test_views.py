"""The pages: who opens them, what they show, and the whole way from proposal to TC20."""

import re

import pytest
from django.urls import reverse

from cncd.foundation.documents.models import Document
from cncd.results.rewards.models import Commendation, Proposal
from cncd.results.totals.models import PlaceTotal
from tests.forms import fields

pytestmark = pytest.mark.django_db


def opened(client, user, name, *args, query=""):
    client.force_login(user)
    return client.get(reverse(f"rewards:{name}", args=args) + query)


def proposed(client, r, c) -> Proposal:
    """The commune ticks a team and a member, writes the proposal and sends it."""
    r.log(5, month=10, participants=(c.cuong.person.pk,))
    client.force_login(c.lan)
    page = client.get(reverse("rewards:suggested")).content.decode()
    assert "Tổ CNCĐ ấp Mỹ Phước" in page
    assert f'value="t{c.team.pk}"' in page
    member = c.team.memberships.get(person=c.cuong.person)
    keys = (f"t{c.team.pk}", f"m{member.pk}")
    address = reverse("rewards:new") + f"?row={keys[0]}&row={keys[1]}&months=3"
    page = client.get(address).content.decode()
    assert "Ngày hoạt động: 1 ngày, 1 việc" in page  # a first draft of the reason
    posted = {
        "decider": c.ke_sach.pk, "title": "Khen quý III", "first_day": "01/09/2026",
        "last_day": "31/10/2026", "note": "",
        **{f"form-{key}": r.form.pk for key in keys},
        **{f"reason-{key}": "Hoàn thành tốt nhiệm vụ" for key in keys},
    }  # fmt: skip
    assert client.post(address, posted).status_code == 302
    proposal = Proposal.objects.get()
    assert client.post(reverse("rewards:send", args=[proposal.pk])).status_code == 302
    return proposal


def test_of_two_who_open_a_proposal_the_second_to_save_or_send_is_told(r, c, client):
    client.force_login(c.lan)
    key = f"t{c.team.pk}"
    posted = {
        "decider": c.ke_sach.pk, "title": "Khen quý III", "first_day": "01/09/2026",
        "last_day": "31/10/2026", f"form-{key}": r.form.pk, f"reason-{key}": "Làm tốt",
    }  # fmt: skip
    client.post(reverse("rewards:new") + f"?row={key}&months=3", posted)
    proposal = Proposal.objects.get()
    edit, send = (reverse(f"rewards:{name}", args=[proposal.pk]) for name in ("edit", "send"))
    opened, to_send = (fields(client.get(each), each) for each in (edit, send))
    assert client.post(edit, opened | {"title": "Của người lưu trước"}).status_code == 302
    for address, sent in ((edit, opened | {"title": "Của người lưu sau"}), (send, to_send)):
        late = client.post(address, sent)
        assert late.status_code == 200
        assert "vừa sửa đề nghị này" in late.content.decode()
    proposal.refresh_from_db()
    assert (proposal.title, proposal.sent_at) == ("Của người lưu trước", None)


def decided(client, proposal, c) -> None:
    """The district commends the team, and refuses the member with a reason."""
    client.force_login(c.phuc)
    address = reverse("rewards:proposal", args=[proposal.pk])
    page = client.get(address).content.decode()
    assert "Khen quý III" in page
    assert "Lý Văn Cường" in page
    team, person = (
        proposal.candidates.get(person=None), proposal.candidates.exclude(person=None).get()
    )  # fmt: skip
    proposal.refresh_from_db()
    ruling = {
        "version": proposal.version, f"verdict-{team.pk}": "granted", f"reason-{team.pk}": "",
        f"verdict-{person.pk}": "refused", f"reason-{person.pk}": "",
    }  # fmt: skip
    refused = client.post(reverse("rewards:decide", args=[proposal.pk]), ruling)
    assert refused.status_code == 200
    assert "ghi lý do" in refused.content.decode()
    ruling[f"reason-{person.pk}"] = "Mới tham gia, xét đợt sau"
    ruled = client.post(reverse("rewards:decide", args=[proposal.pk]), ruling)
    assert ruled.status_code == 302


def test_a_commune_proposes_the_district_decides_numbers_it_and_tc20_counts_it(r, c, page_client):
    """The journey of IV.3, page by page."""
    proposal = proposed(page_client, r, c)
    decided(page_client, proposal, c)
    page_client.force_login(c.minh)
    address = reverse("rewards:issue", args=[proposal.pk])
    empty = page_client.post(address, {"document": ""})
    assert empty.status_code == 200
    assert not Commendation.objects.exists()
    paper = {
        "document": "", "paper-number": "412/QĐ-UBND", "paper-issued_on": "20/11/2026",
        "paper-issuer": "UBND huyện Kế Sách", "paper-signer": "Võ Hồng Phúc",
    }  # fmt: skip
    assert page_client.post(address, paper).status_code == 302
    given = Commendation.objects.get()
    assert (given.team, given.person, given.document.number) == (c.team, None, "412/QĐ-UBND")
    total = PlaceTotal.objects.get(place=c.ke_sach, period=r.months[11])
    assert total.own["TC20"][0] == total.own["TC20.to"][0] == 1

    page_client.force_login(c.lan)
    team_page = page_client.get(reverse("teams:team", args=[c.team.pk])).content.decode()
    assert "412/QĐ-UBND" in team_page
    register = page_client.get(reverse("rewards:register")).content.decode()
    assert "412/QĐ-UBND" in register
    assert "Lý Văn Cường" not in register


def test_names_of_members_stay_within_reach(r, c, page_client):
    r.give(*r.named(c.cuong.person))
    seeing = []
    for name in ("lan", "minh", "ha", "tu", "dung", "son", "liem", "outsider"):
        page_client.force_login(getattr(c, name))
        found = [page_client.get(reverse(f"rewards:{page}")) for page in ("register", "members")]
        if any("Lý Văn Cường" in page.content.decode() for page in found):
            seeing.append(name)
    assert seeing == ["lan", "minh", "ha", "tu"]  # tu leads the team
    given = Commendation.objects.get()
    for user, status in ((c.dung, 404), (c.son, 404), (c.liem, 404), (c.lan, 200)):
        assert opened(page_client, user, "commendation", given.pk).status_code == status


def test_pages_out_of_reach_are_not_there(r, c, page_client):
    draft, sent = r.propose(send=False), r.propose()
    for user, proposal, status in (
        (c.phuc, draft, 404), (c.phuc, sent, 200), (c.dung, sent, 404), (c.tu, sent, 404),
        (c.outsider, sent, 404), (c.ha, sent, 200),
    ):  # fmt: skip
        assert opened(page_client, user, "proposal", proposal.pk).status_code == status
    assert opened(page_client, c.minh, "edit", draft.pk).status_code == 404
    assert opened(page_client, c.minh, "withdraw", sent.pk).status_code == 200
    assert opened(page_client, c.phuc, "withdraw", sent.pk).status_code == 403
    page_client.force_login(c.lan)
    assert page_client.post(reverse("rewards:decide", args=[sent.pk])).status_code == 403
    assert opened(page_client, c.lan, "issue", sent.pk).status_code == 403
    assert opened(page_client, c.lan, "add_form").status_code == 403


def test_a_decision_beside_the_program_is_recorded_once_and_taken_back(r, c, page_client):
    page_client.force_login(c.minh)
    assert str(c.team) in page_client.get(reverse("rewards:record")).content.decode()
    address = reverse("rewards:record") + f"?team={c.team.pk}"
    page = page_client.get(address).content.decode()
    envelope = re.search(r'name="envelope" value="([^"]+)"', page)[1]
    document = Document.objects.create(
        number="9/QĐ-UBND", issued_on=r.months[11].first_day, issuer="UBND", place=c.ke_sach
    )
    posted = {
        "whole": "on", "members": [str(c.team.memberships.get(person=c.bay).pk)],
        "form": r.form.pk, "reason": "Ra quân", "document": document.pk, "envelope": envelope,
    }  # fmt: skip
    for _twice in "12":
        answer = page_client.post(address, posted)
        assert answer.status_code == 302, answer.context["form"].errors
    assert Commendation.objects.count() == 2
    first = Commendation.objects.get(person=None)
    address = reverse("rewards:withdraw_commendation", args=[first.pk])
    assert page_client.post(address, {"reason": ""}).status_code == 200
    assert page_client.post(address, {"reason": "Ghi nhầm"}).status_code == 302
    page = page_client.get(reverse("rewards:commendation", args=[first.pk])).content.decode()
    assert "Ghi nhầm" in page
    page_client.post(reverse("rewards:restore_commendation", args=[first.pk]))
    assert Commendation.objects.standing().count() == 2


def test_the_main_pages_ask_a_fixed_number_of_questions(r, c, page_client,
                                                        django_assert_max_num_queries):  # fmt: skip
    r.give(*r.named(), *r.named(c.tu.person, c.nhan.person, c.cuong.person))
    r.propose([*r.named(), *r.named(c.tu.person)])
    page_client.force_login(c.lan)
    for name, most in (("list", 30), ("suggested", 45), ("members", 35), ("register", 30)):
        page_client.get(reverse(f"rewards:{name}"))
        with django_assert_max_num_queries(most):
            assert page_client.get(reverse(f"rewards:{name}")).status_code == 200
    for name in ("suggested", "members", "register", "list"):
        page_client.force_login(c.lan)
        answer = page_client.get(reverse(f"rewards:{name}") + "?export=xlsx")
        assert "spreadsheet" in answer.headers["Content-Type"]


def test_the_forms_of_commendation_are_rows_with_dates(r, c, page_client):
    page_client.force_login(c.ha)
    posted = {"name": "Kỷ niệm chương", "for_people": "on", "since_on": "01/11/2026"}
    assert page_client.post(reverse("rewards:add_form"), posted).status_code == 302
    assert page_client.post(reverse("rewards:add_form"), posted).status_code == 200
    page_client.post(reverse("rewards:end_form", args=[r.form.pk]), {"on": "20/11/2026"})
    page_client.force_login(c.lan)
    page = page_client.get(reverse("rewards:new") + f"?row=t{c.team.pk}").content.decode()
    assert "Biểu dương" in page
    assert "Giấy khen" not in page
    assert "Kỷ niệm chương" not in page
