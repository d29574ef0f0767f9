"""What whoever wrote something down is answered: what it is, where it is seen."""

from django.urls import reverse

from cncd.work.registers.models import Listing, Owner, Product
from cncd.work.registers.phone.things import named


def answer_of(record, sender) -> dict:
    """In words, the page if the sender may see it, and the ids that later entries rest on."""
    product = record.product if isinstance(record, Listing) else record
    owner = product if isinstance(product, Owner) else product.owner
    answer = {"owner": str(owner.pk), "told": named(record), "page": ""}
    if isinstance(product, Product):
        answer["product"] = str(product.pk)
    if Owner.objects.visible_to(sender).filter(pk=owner.pk).exists():
        answer["page"] = page_of(record, done=True)
    return answer


def page_of(record, *, done: bool = False) -> str:
    """Where the record stands on the phone's page, opened; `done` says there that it is written."""
    product = record.product if isinstance(record, Listing) else record
    row = product if isinstance(product, Product | Owner) else product.owner
    return f"{reverse('phone:products')}?open={row.pk}{'&done=1' if done else ''}#r-{row.pk}"
