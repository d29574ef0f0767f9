"""The address that ends e-mails to a mailbox without signing in (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from cncd.faces.notices.models import Address

SALT = "notices.stop"


def stop_address_of(address: Address) -> str:
    """Path and token; the token says which mailbox, and nothing else."""
    return reverse("notices:stop", args=[signing.dumps(address.pk, salt=SALT)])


def mailbox_of(token: str) -> Address | None:
    """The mailbox a token ends; none when the token is not ours or the mailbox is gone already."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Address.objects.filter(pk=pk).first()
