"""Products from Excel."""

from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.work.registers.imports import ProductImport


@allow("registers.enter")
def import_products(request):
    """Upload or paste, look, decide about likely duplicates, confirm."""
    return ProductImport(request, back=reverse("registers:products")).response()
