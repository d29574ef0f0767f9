"""Verbs of the registers: owners, products, storefronts, listings, accounts, commitments."""

from cncd.work.registers.actions.errors import (
    ChangedMeanwhile,
    NotStanding,
    RecordRefused,
    StillUsed,
)
from cncd.work.registers.actions.importing import (
    Imported,
    import_products,
    rehearse,
    wrong_lines,
)
from cncd.work.registers.actions.listings import (
    list_product,
    plan_listing,
    report_broken,
    take_off,
    verify_listing,
)
from cncd.work.registers.actions.merging import (
    merge_owners,
    merge_products,
    merge_shops,
    split_again,
)
from cncd.work.registers.actions.owners import (
    add_owner,
    change_owner,
    record_consent,
    show_contact,
    withdraw_consent,
)
from cncd.work.registers.actions.owning import (
    end_commitment,
    end_payment,
    record_payment,
    sign_commitment,
)
from cncd.work.registers.actions.products import add_product, change_product, end_product
from cncd.work.registers.actions.recognising import drop_recognition, recognise
from cncd.work.registers.actions.rounds import check_item, draw_round, drop_round
from cncd.work.registers.actions.shops import change_shop, close_shop, open_shop
from cncd.work.registers.actions.taking_over import take_over_owners
from cncd.work.registers.actions.telling_apart import doubt_again, tell_apart
from cncd.work.registers.actions.withdrawing import restore_record, withdraw_record
from cncd.work.registers.actions.writing import OriginLine

__all__ = [
    "ChangedMeanwhile",
    "Imported",
    "NotStanding",
    "OriginLine",
    "RecordRefused",
    "StillUsed",
    "add_owner",
    "add_product",
    "change_owner",
    "change_product",
    "change_shop",
    "check_item",
    "close_shop",
    "doubt_again",
    "draw_round",
    "drop_recognition",
    "drop_round",
    "end_commitment",
    "end_payment",
    "end_product",
    "import_products",
    "list_product",
    "merge_owners",
    "merge_products",
    "merge_shops",
    "open_shop",
    "plan_listing",
    "recognise",
    "record_consent",
    "record_payment",
    "rehearse",
    "report_broken",
    "restore_record",
    "show_contact",
    "sign_commitment",
    "split_again",
    "take_off",
    "take_over_owners",
    "tell_apart",
    "verify_listing",
    "withdraw_consent",
    "withdraw_record",
    "wrong_lines",
]
