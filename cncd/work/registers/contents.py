"""What a record says, in plain values: the content of its versions. Never a contact."""

from operator import attrgetter

from cncd.work.registers.models import (
    Commitment,
    Listing,
    Owner,
    PaymentAccount,
    Product,
    RecordVersion,
    Shop,
)

Kind = RecordVersion.Kind
KINDS = {
    Owner: Kind.OWNER,
    Product: Kind.PRODUCT,
    Shop: Kind.SHOP,
    Listing: Kind.LISTING,
    PaymentAccount: Kind.ACCOUNT,
    Commitment: Kind.COMMITMENT,
}
MODELS = {kind.value: model for model, kind in KINDS.items()}


def kind_of(record) -> str:
    return KINDS[type(record)].value


def _day(day) -> str | None:
    return day and day.isoformat()


def _code(row) -> str | None:
    return row and row.code


def _text(pk) -> str | None:
    return None if pk is None else str(pk)


def _owner(owner: Owner) -> dict:
    return {
        "kind": owner.kind,
        "name": owner.name,
        "place": owner.place_id,
        "household": _code(owner.household),
        "consented_on": _day(owner.consented_on),
    }


def _product(product: Product) -> dict:
    return {
        "kind": product.kind,
        "name": product.name,
        "owner": str(product.owner_id),
        "owner_name": product.owner.name,
        "place": product.place_id,
        "group": _code(product.group),
        "note": product.note,
        "since_on": _day(product.since_on),
        "ended_on": _day(product.ended_on),
        "recognitions": [
            {
                "star": each.star,
                "is_potential": each.is_potential,
                "number": each.number,
                "decided_on": _day(each.decided_on),
                "since_on": _day(each.since_on),
                "until_on": _day(each.until_on),
            }
            for each in sorted(product.recognitions.all(), key=attrgetter("since_on"))
        ],
    }


def _shop(shop: Shop) -> dict:
    return {
        "owner": str(shop.owner_id),
        "owner_name": shop.owner.name,
        "floor": shop.floor.code,
        "name": shop.name,
        "address": shop.address,
        "opened_on": _day(shop.opened_on),
        "closed_on": _day(shop.closed_on),
        "helped_by": shop.helped_by_id,
    }


def _listing(listing: Listing) -> dict:
    return {
        "product": str(listing.product_id),
        "product_name": listing.product.name,
        "floor": listing.floor.code,
        "shop": _text(listing.shop_id),
        "address": listing.address,
        "state": listing.state,
        "first_listed_on": _day(listing.first_listed_on),
        "last_verified_on": _day(listing.last_verified_on),
        "helped_by": listing.helped_by_id,
        "spans": [
            [span.state, _day(span.since_on), _day(span.until_on)]
            for span in sorted(listing.spans.all(), key=attrgetter("since_on"))
        ],
    }


def _account(account: PaymentAccount) -> dict:
    return {
        "owner": str(account.owner_id),
        "owner_name": account.owner.name,
        "kind": account.kind,
        "provider": _code(account.provider),
        "helped_by": account.helped_by_id,
        "since_on": _day(account.since_on),
        "until_on": _day(account.until_on),
    }


def _commitment(commitment: Commitment) -> dict:
    return {
        "owner": str(commitment.owner_id),
        "owner_name": commitment.owner.name,
        "signed_on": _day(commitment.signed_on),
        "until_on": _day(commitment.until_on),
        "note": commitment.note,
        "file": _text(commitment.file_id),
    }


CONTENTS = {
    Owner: _owner,
    Product: _product,
    Shop: _shop,
    Listing: _listing,
    PaymentAccount: _account,
    Commitment: _commitment,
}


def content_of(record) -> dict:
    """What the record says now: fields by name, codes instead of ids where there are codes."""
    return CONTENTS[type(record)](record)
