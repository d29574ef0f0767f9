"""What is made and sold, by whom, and where it is offered (II.2.3, IV.2, IV.3)."""

from cncd.work.registers.models.merges import Merge, OwnerKey
from cncd.work.registers.models.owners import Commitment, Owner, PaymentAccount
from cncd.work.registers.models.products import Product, ProductGroup, Recognition
from cncd.work.registers.models.records import Origin, RecordVersion
from cncd.work.registers.models.rounds import Distinct, Round, RoundItem
from cncd.work.registers.models.selling import Listing, ListingSpan, Shop

__all__ = [
    "Commitment",
    "Distinct",
    "Listing",
    "ListingSpan",
    "Merge",
    "Origin",
    "Owner",
    "OwnerKey",
    "PaymentAccount",
    "Product",
    "ProductGroup",
    "Recognition",
    "RecordVersion",
    "Round",
    "RoundItem",
    "Shop",
]
