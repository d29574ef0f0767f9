"""Which stored files are those of the registers: named in `settings.FILE_OWNERS`."""

from django.db.models import Q

from cncd.foundation.files.models import StoredFile
from cncd.work.registers.models import Commitment, Product, Recognition


def files_in_reach(user):
    """Ids of the scans of decisions and commitments whose records the person sees."""
    products = Product.objects.visible_to(user)
    decisions = Recognition.objects.filter(product__in=products).exclude(file=None)
    signed = Commitment.objects.visible_to(user).exclude(file=None)
    ids = Q(pk__in=decisions.values("file")) | Q(pk__in=signed.values("file"))
    return StoredFile.objects.filter(ids).values("pk")
