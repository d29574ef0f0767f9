"""Refusing an address that cannot be the one meant."""

from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.addresses import address_faults


def refuse_address(address: str, floor, *, is_shop: bool = False) -> None:
    """Raises RecordRefused at the field "address" with what is wrong first; none given is fine."""
    if address and (faults := address_faults(address, floor.address, is_shop=is_shop)):
        raise RecordRefused("address", faults[0].message)
