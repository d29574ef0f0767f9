"""What the phone writes down in the registers: days late, in a chain, twice, by who has left."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cncd.foundation.envelopes.models import Envelope
from cncd.team.programme.models import Platform
from cncd.team.teams.actions import consolidate_team, dissolve_team
from cncd.team.teams.lines import DecisionLine
from cncd.team.teams.models import Membership
from cncd.work.registers import actions
from cncd.work.registers.models import (
    Commitment,
    Listing,
    Origin,
    Owner,
    PaymentAccount,
    Product,
    Shop,
)
from tests.cast import TODAY
from tests.outbox import HOUR, Phone, decided

DAY = dt.timedelta(days=1)
NEW = {"name": "Cốm dẹp Ba Tý", "kind": "ocop", "owner": "new", "owner_name": "HTX Mỹ Phước"}
NEW |= {"owner_kind": "cooperative"}
ADDRESS = "https://voso.vn/com-dep-ba-ty-p1"


@pytest.fixture
def send(tu, cast):
    """What the server answers to one envelope of the registers."""

    def send(what, fields, client=tu, *, ago=HOUR, team=None, id=None):
        about = {"team": (team or cast.team).pk}
        return Phone(client).send(f"register.{what}", about, fields, ago=ago, id=id)

    return send


@pytest.fixture
def product(cast, programme):
    owner = actions.add_owner(kind="household", name="Hộ Ba Tý", place=cast.my_phuoc, by=cast.tu)
    return actions.add_product(kind="farm", name="Gạo thơm", owner=owner, by=cast.tu)


@pytest.fixture
def listing(cast, product):
    voso = Platform.objects.get(code="voso")
    about = {"product": product, "address": "https://voso.vn/gao-thom-p9", "by": cast.tu}
    return actions.list_product(floor=voso, on=TODAY - 9 * DAY, **about)


def code(kind, record) -> str:
    return f"{kind}:{record.pk}:{record.version}"


# -- recorded, once ------------------------------------------------------------------------------


def test_a_product_with_its_new_owner_is_recorded_as_of_when_it_was_made(send, cast):
    answer = send("product", NEW, ago=2 * DAY)
    assert answer["state"] == "recorded"
    found = Product.objects.get()
    assert str(found.pk) == answer["answer"]["product"]
    assert (found.owner.name, found.place, found.kind) == ("HTX Mỹ Phước", cast.my_phuoc, "ocop")
    assert (found.recorded_at - found.made_at) == 2 * DAY
    ways = Origin.objects.values_list("way", flat=True)
    assert set(ways) == {"phone"}
    assert answer["answer"]["page"].startswith(reverse("phone:products"))


def test_the_same_envelope_gets_the_first_answer_and_other_content_is_told(send):
    same = uuid.uuid4()
    first = send("product", NEW, id=same)
    assert send("product", NEW, id=same) == first
    assert send("product", NEW | {"name": "Khác"}, id=same)["state"] == "different"
    assert Product.objects.count() == 1


def test_a_product_and_its_listing_written_without_a_network_arrive_as_a_chain(send):
    first = str(uuid.uuid4())
    said = {"product": f"entry:{first}", "floor": "voso", "address": ADDRESS}
    early = send("listing", said)
    assert early["state"] == "refused"
    assert early["faults"][0][0] == "product"
    send("product", NEW, id=first, ago=3 * DAY)
    answer = send("listing", said, ago=2 * DAY)
    assert answer["state"] == "recorded"
    found = Listing.objects.get()
    assert found.product == Product.objects.get()
    assert (found.state, found.first_listed_on) == ("listed", TODAY - 2 * DAY)
    shop = {"owner": f"entry:{first}", "floor": "postmart", "name": "Ba Tý"}
    assert send("shop", shop)["state"] == "recorded"
    assert Shop.objects.get().owner == found.product.owner


def test_nobody_rests_on_the_envelope_of_somebody_else(send, page_client, cast):
    first = str(uuid.uuid4())
    send("product", NEW, id=first)
    said = {"product": f"entry:{first}", "floor": "voso", "address": ADDRESS}
    assert send("listing", said, page_client.as_(cast.nhan))["state"] == "refused"


def test_payment_commitment_contact_and_what_ends(send, product, listing, cast):
    owner = product.owner
    paid = {"owner": str(owner.pk), "provider": "momo", "on": "01/11/2026"}
    assert send("payment", paid)["state"] == "recorded"
    assert send("commitment", {"owner": str(owner.pk), "on": "01/11/2026"})["state"] == "recorded"
    contact = {"owner": str(owner.pk), "contact_phone": "0912 345 678", "how": "said"}
    assert send("consent", contact)["state"] == "recorded"
    owner.refresh_from_db()
    assert (owner.contact_phone, owner.consented_on) == ("0912345678", TODAY)
    assert "0912345678" not in str(list(Envelope.objects.values()))
    ends = [
        ("listing", listing),
        ("account", PaymentAccount.objects.get()),
        ("commitment", Commitment.objects.get()),
        ("consent", owner),
        ("product", product),
    ]
    for kind, record in ends:
        said = {"thing": code(kind, record), "why": "ended", "on": "22/11/2026"}
        assert send("close", said)["state"] == "recorded", kind
    owner.refresh_from_db()
    assert (owner.contact_phone, owner.consented_on) == ("", None)
    listing.refresh_from_db()
    assert listing.state == "withdrawn"
    assert not Product.objects.existing_on(TODAY).exists()


def test_a_mistake_is_taken_out_with_its_reason(send, product):
    said = {"thing": code("product", product), "why": "mistake"}
    assert send("close", said)["faults"][0][0] == "reason"
    assert send("close", said | {"reason": "ghi trùng"})["state"] == "recorded"
    assert not Product.objects.standing().exists()


def test_an_address_that_does_not_open(send, listing):
    said = {"thing": code("listing", listing), "note": "trang không còn"}
    assert send("broken", said, ago=DAY)["state"] == "recorded"
    listing.refresh_from_db()
    assert listing.state == "broken"


def test_what_is_made_for_practice_leaves_nothing(tu, cast):
    phone, about = Phone(tu), {"team": cast.team.pk}
    assert phone.send("register.product", about, NEW, training=1)["state"] == "trained"
    tu.post("/m/practice/")
    page = tu.post(reverse("phone:register", args=["product"]), NEW)
    assert "Cốm dẹp Ba Tý" in page.content.decode()
    assert not Product.objects.exists()


# -- what comes back to be decided ----------------------------------------------------------------


def test_a_product_that_may_be_in_the_register_is_asked_about(send, product):
    twin = NEW | {"name": "Gạo thơm", "owner_name": "Hộ Ba Tý", "owner_kind": "household"}
    same = uuid.uuid4()
    answer = send("product", twin, id=same)
    assert "Có phải là sản phẩm này" in answer["told"]
    (yes, its), (no, other) = answer["choice"]["taps"]
    assert "Gạo thơm" in yes
    assert "sản phẩm khác" in no
    assert Product.objects.count() == 1
    kept = send("product", twin | its, id=same)
    assert kept["answer"]["product"] == str(product.pk)
    assert Product.objects.count() == 1
    said = {"product": f"entry:{same}", "floor": "voso", "address": ADDRESS}
    assert send("listing", said)["state"] == "recorded"
    assert Listing.objects.get().product == product
    asked = send("product", twin | other)
    assert "Có phải là chủ thể này" in asked["told"]
    (_yes, its), _other = asked["choice"]["taps"]
    assert send("product", twin | other | its)["state"] == "recorded"
    assert Product.objects.count() == 2
    assert Owner.objects.count() == 1


def test_another_address_on_the_same_floor_is_decided_by_a_person(send, listing):
    said = {"product": str(listing.product_id), "floor": "voso", "address": ADDRESS}
    answer = send("listing", said)
    assert [listing.address, ADDRESS] in [side[1:] for side in answer["choice"]["sides"]]
    listing.refresh_from_db()
    assert listing.version == 1
    assert send("listing", decided(said, answer))["state"] == "recorded"
    listing.refresh_from_db()
    assert listing.address == ADDRESS
    assert send("listing", said)["state"] == "recorded"  # it says the same by now
    assert listing.version == Listing.objects.get().version


def test_what_was_changed_meanwhile_is_shown_before_it_ends(send, product, cast):
    said = {"thing": code("product", product), "why": "ended", "on": "20/11/2026"}
    actions.change_product(product=product, name="Gạo thơm Mỹ Phước", by=cast.lan)
    answer = send("close", said)
    assert answer["choice"]["sides"][0][1:] == ["Gạo thơm Mỹ Phước", "Gạo thơm"]
    assert "Nguyễn Thị Lan" in answer["choice"]["other"]
    assert Product.objects.get().ended_on is None
    assert send("close", decided(said, answer))["state"] == "recorded"
    assert Product.objects.get().ended_on == dt.date(2026, 11, 20)


def test_a_contact_is_replaced_only_when_said_twice(send, product):
    said = {"owner": str(product.owner_id), "contact_phone": "0912345678", "how": "said"}
    send("consent", said)
    other = said | {"contact_phone": "0987654321"}
    asked = send("consent", other)
    assert asked["asks"]
    assert Owner.objects.get().contact_phone == "0912345678"
    assert send("consent", decided(other, asked))["state"] == "recorded"
    assert Owner.objects.get().contact_phone == "0987654321"


# -- never silent ---------------------------------------------------------------------------------


def test_who_has_left_brings_what_was_written_as_a_member(send, cast):
    rows = Membership.objects.filter(team=cast.team, person=cast.tu.person)
    rows.update(until_on=TODAY - 2 * DAY)
    kept = send("product", NEW, ago=3 * DAY)
    assert kept["state"] == "recorded"
    assert kept["answer"]["page"] == ""
    late = send("product", NEW | {"name": "Mật ong"}, ago=HOUR)
    assert "không có quyền" in late["told"]
    assert Product.objects.count() == 1


def test_nobody_writes_for_hamlets_of_others(send, cast, product, page_client):
    liem = page_client.as_(cast.liem)
    ask = send("product", NEW, liem)
    assert "không có quyền" in ask["told"]
    said = {"thing": code("product", product), "why": "ended"}
    assert "không có quyền" in send("close", said, liem, team=cast.team_my_hoa)["told"]
    assert send("product", NEW, team=cast.team_dau_giong)["state"] == "refused"
    assert Product.objects.get().ended_on is None


def test_a_team_dissolved_meanwhile_is_told_who_serves_its_hamlets(send, cast):
    paper = DecisionLine("20/QĐ-UBND", TODAY - 9 * DAY, "UBND xã")
    dissolve_team(team=cast.team, decision=paper, on=TODAY - 2 * DAY, by=cast.lan)
    both = [cast.my_phuoc, cast.my_hoa]
    about = {"decision": paper, "by": cast.lan, "on": TODAY - 2 * DAY}
    consolidate_team(team=cast.team_my_hoa, places=both, **about)
    assert send("product", NEW, ago=3 * DAY)["state"] == "recorded"
    late = send("product", NEW | {"name": "Mật ong"}, ago=HOUR)
    assert "đã giải thể ngày 20/11/2026" in late["told"]
    assert str(cast.team_my_hoa) in late["told"]


def test_a_hamlet_given_to_another_team_keeps_what_was_written_there(send, cast):
    paper = DecisionLine("21/QĐ-UBND", TODAY - 9 * DAY, "UBND xã")
    about = {"decision": paper, "by": cast.lan}
    dissolve_team(team=cast.team_my_hoa, on=TODAY - 6 * DAY, **about)
    both = [cast.my_phuoc, cast.my_hoa]
    consolidate_team(team=cast.team, on=TODAY - 6 * DAY, places=both, **about)
    consolidate_team(team=cast.team, on=TODAY - 2 * DAY, places=[cast.my_phuoc], **about)
    answer = send("product", NEW | {"place": str(cast.my_hoa.pk)}, ago=4 * DAY)
    assert answer["state"] == "recorded"
    assert Product.objects.get().place == cast.my_hoa


def test_a_floor_retired_since_is_taken_for_the_days_it_was_in_use(send, product):
    Platform.objects.filter(code="voso").update(until_on=TODAY - 3 * DAY)
    said = {"product": str(product.pk), "floor": "voso", "address": ADDRESS}
    late = send("listing", said, ago=DAY)
    assert "không còn dùng" in late["faults"][0][2]
    assert send("listing", said, ago=5 * DAY)["state"] == "recorded"


def test_a_product_merged_meanwhile_passes_it_on_to_the_one_kept(send, product, cast):
    kept = actions.add_product(kind="farm", name="Gạo thơm Ba Tý", owner=product.owner, by=cast.tu)
    Product.objects.filter(pk=product.pk).update(merged_into=kept, withdrawn_at=product.made_at)
    said = {"product": str(product.pk), "floor": "voso", "address": ADDRESS}
    assert send("listing", said)["state"] == "recorded"
    assert Listing.objects.get().product == kept
    end = {"thing": code("product", product), "why": "ended"}
    asked = send("close", end)
    assert asked["choice"]["sides"][0][1:] == ["Gạo thơm Ba Tý", "Gạo thơm"]
    kept.refresh_from_db()
    assert kept.ended_on is None


@pytest.mark.parametrize(
    ("what", "said", "field"),
    [
        ("product", {}, "name"),
        ("product", NEW | {"owner_name": ""}, "owner_name"),
        ("product", NEW | {"household": "H-99"}, "household"),
        ("product", NEW | {"owner": "x"}, "owner"),
        ("product", NEW | {"name": "Gạo 0123456789012"}, "name"),
        ("listing", {"product": "entry:x", "floor": "voso", "address": "x"}, "product"),
        ("payment", {"provider": "voso"}, "owner"),
        ("close", {"thing": "team:1", "why": "ended"}, "thing"),
        ("broken", {"thing": "listing:x:9"}, "thing"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(send, what, said, field):
    answer = send(what, said)
    assert answer["state"] == "refused"
    assert field in [fault[0] for fault in answer["faults"]]
    assert not Product.objects.exists()
