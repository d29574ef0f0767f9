"""The listings of one import: their lives in memory, laid down at the end."""

from collections import defaultdict

from django.utils.translation import gettext as _

from cncd.work.registers import rules
from cncd.work.registers.actions.offers import show_offers
from cncd.work.registers.addresses import address_key
from cncd.work.registers.lines import ProductLine
from cncd.work.registers.models import Listing, ListingSpan, Product

AT_ONCE = 500
FIELDS = "address address_key state first_listed_on version".split()


class Listings:
    """What stands of the listings of some products, and what the lines add or move."""

    def __init__(self, products: dict, said, *, now, by, origin):
        self.now, self.by, self.origin = now, by, origin
        rows = Listing.objects.select_for_update(of=("self",)).filter(
            product__in=list(products), withdrawn_at=None
        )
        self.held = {(row.product_id, row.floor_id): row for row in rows}
        self.lives: dict = defaultdict(list)
        self.rows: dict = defaultdict(list)
        for span in ListingSpan.objects.filter(listing__in=rows.values("pk")).order_by("since_on"):
            self.rows[span.listing_id].append(span)
            self.lives[span.listing_id].append(rules.Span(span.state, span.since_on, span.until_on))
        keys = {address_key(each.address) for each in said}
        others = Listing.objects.standing().filter(address_key__in=keys)
        # address key → the product it is of
        self.taken = dict(others.values_list("address_key", "product"))
        self.touched: dict[object, Listing] = {}
        self.new: list[Listing] = []

    def take(self, product: Product, line: ProductLine, today) -> tuple[int, list]:
        """(how many listings changed, [(field, message)] of those that cannot be)."""
        count, wrong = 0, []
        for said in line.listings:
            field = f"floor:{said.floor.code}"
            key = address_key(said.address)
            if message := self._taken_by_another(key, product):
                wrong.append((field, message))
                continue
            try:
                count += self._list(product, said, key, said.on or today, line)
            except rules.NotSo as error:
                wrong.append((field, str(error.message)))
        return count, wrong

    def _taken_by_another(self, key: str, product: Product) -> str:
        if self.taken.setdefault(key, product.pk) == product.pk:
            return ""
        return _("Another product has this address. Check it again.")

    def _list(self, product: Product, said, key: str, on, line: ProductLine) -> bool:
        listing = self.held.get((product.pk, said.floor.pk))
        if listing and listing.address_key == key and listing.state != rules.PLANNED:
            return False
        is_new = listing is None
        listing = listing or Listing(
            product=product,
            floor=said.floor,
            made_at=self.now,
            recorded_at=self.now,
            recorded_by=self.by,
        )
        listing.product, listing.floor = product, said.floor
        self.lives[listing.pk] = rules.moved(self.lives[listing.pk], rules.LISTED, on)
        listing.address, listing.address_key = said.address.strip(), key
        listing.state = rules.LISTED
        listing.first_listed_on = min(listing.first_listed_on or on, on)
        self._note(listing, is_new)
        if is_new:
            self.origin(listing, line)
        return True

    def _note(self, listing: Listing, is_new: bool) -> None:
        self.held[listing.product_id, listing.floor_id] = listing
        if listing.pk not in self.touched:
            listing.version += not is_new
            self.touched[listing.pk] = listing
            if is_new:
                self.new.append(listing)

    def lay_down(self) -> None:
        """Writes the listings and makes their spans say what their lives say."""
        old = [row for row in self.touched.values() if not row._state.adding]
        Listing.objects.bulk_update(old, FIELDS, batch_size=AT_ONCE)
        Listing.objects.bulk_create(self.new, batch_size=AT_ONCE)
        made = []
        for listing in self.touched.values():
            wanted = {span.since_on: span for span in self.lives[listing.pk]}
            for row in self.rows[listing.pk]:
                self._settle(row, wanted.pop(row.since_on, None))
            made += [
                ListingSpan(listing=listing, by=self.by, **span._asdict())
                for span in wanted.values()
            ]
        ListingSpan.objects.bulk_create(made, batch_size=AT_ONCE)
        show_offers({listing.product_id for listing in self.touched.values()})

    def _settle(self, row: ListingSpan, span: rules.Span | None) -> None:
        if span is None:
            row.delete()
        elif (row.state, row.until_on) != (span.state, span.until_on):
            row.state, row.until_on = span.state, span.until_on
            row.save(update_fields=["state", "until_on"])
