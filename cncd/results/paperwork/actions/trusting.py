"""Authorities whose electronic signatures are trusted here: an administrator names them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.results.paperwork.actions.errors import RootRefused
from cncd.results.paperwork.models import TrustedRoot
from cncd.results.paperwork.signatures import authority_of


@transaction.atomic
def trust_root(*, content: bytes, by, now=None) -> TrustedRoot:
    """Trusts the signatures that lead to this authority. Raises RootRefused, PermissionDenied."""
    authority.require(by, "papers.trust")
    found, now = authority_of(content), now or timezone.now()
    if found is None:
        raise RootRefused(
            {"certificate": _("This file holds no certificate of an authority (.pem, .crt, .cer).")}
        )
    if found.valid_until < now:
        raise RootRefused({"certificate": _("This certificate has expired.")})
    root, new = TrustedRoot.objects.get_or_create(
        fingerprint=found.fingerprint,
        defaults={
            "name": found.name, "certificate": found.pem, "valid_until": found.valid_until,
            "added_by": by, "added_at": now,
        },
    )  # fmt: skip
    if not new:
        raise RootRefused({"certificate": _("This authority is trusted already.")})
    record(event="root.trusted", subject=root, by=by, after={"name": root.name}, now=now)
    return root


@transaction.atomic
def distrust_root(*, root: TrustedRoot, by, now=None) -> None:
    """Trusts the authority no more; files signed under it are told so from now on."""
    authority.require(by, "papers.trust")
    record(event="root.distrusted", subject=root, by=by, before={"name": root.name}, now=now)
    root.delete()
