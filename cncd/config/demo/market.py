"""Registers of the demo: who sells what, hamlet by hamlet; one batch for each commune (II.2.3)."""

from collections import Counter
from random import Random

from cncd.config.demo import goods
from cncd.config.demo.helping import promise
from cncd.config.demo.stories import Spot, Stories
from cncd.foundation.kit.text import fold
from cncd.foundation.places import queries as places
from cncd.team.programme.models import Platform
from cncd.work.registers.actions import take_over_owners
from cncd.work.registers.histories import OwnerStory, ProductStory
from cncd.work.registers.models import ProductGroup

# For a province of 775 hamlets; a smaller demo has its share.
OCOP, FOUR_STARS, EXPIRED, PLAIN_OWNERS = 263, 26, 12, 500
MANY = (1, 1, 1, 2, 2, 3)  # products of one OCOP owner
TWINS = 0.05  # of the communes: somebody wrote one product down twice
ABBREVIATED = [("Hợp tác xã", "HTX"), ("Tổ hợp tác", "THT"), ("Hộ kinh doanh", "Hộ")]
# The example commune: in the example hamlet one product sells, one is missing; others have trouble.
SHOWN = [
    ("trái cây", ["before", "missing"]),
    ("mứt, trái cây sấy", ["since"]),
    ("trà, rượu", ["planned"]),
    ("trái cây", ["broken", "since"]),
]


class Market:
    """Draws and writes down the registers of a `build.Demo`."""

    def __init__(self, demo):
        self.demo, self.helpers = demo, promise(demo)
        self.random = Random(demo.random.random())  # noqa: S311  not a secret
        on = Platform.objects.on(demo.today)
        self.stories = Stories(
            self.random,
            demo,
            floors={p.code: p for p in on.filter(use="floor") if p.code in goods.FLOORS},
            wallets=list(on.filter(use__in=["wallet", "mobile_money"])),
            groups={group.code: group for group in ProductGroup.objects.all()},
        )
        self.hamlets = [h for each in demo.hamlets.values() for h in each]
        self.share = len(self.hamlets) / 775

    def build(self) -> None:
        served = {pk for pk in self._served()}
        homes = [h for h in self.hamlets if h.pk in served] or self.hamlets
        self.names = places.names([h.pk for h in self.hamlets], self.demo.today)
        ranks = self._ranks()
        ocop = self._ocop_homes(homes, len(ranks))
        many = max(round(PLAIN_OWNERS * self.share), 1)
        plain = Counter(h.pk for h in self.random.choices(homes, k=many))
        for number, commune in enumerate(self.demo.communes):
            self._commune(commune, ocop, plain, ranks)
            self.demo.tell("Sổ sản phẩm", 0.33 + 0.03 * number / len(self.demo.communes))

    def _served(self):
        """Hamlets that have had a team from the beginning: theirs are counted in every report."""
        for teams in self.demo.by_commune.values():
            for team in teams:
                if team.since_on <= self.demo.start:
                    yield from team.coverages.values_list("place", flat=True)

    def _ranks(self) -> list[dict]:
        """What each OCOP product was recognised as: mostly 3 stars, one potential 5 stars."""
        whole = max(round(OCOP * self.share), 12)
        ranks = [{"star": 4}] * max(round(FOUR_STARS * self.share), 2)
        ranks += [{"star": None, "is_potential": True}]
        ranks += [{"star": 3}] * (whole - len(ranks))
        ranks += [{"star": 3, "expired": True}] * round(EXPIRED * self.share)
        self.random.shuffle(ranks)
        return ranks

    def _ocop_homes(self, homes, products: int) -> dict[int, list[int]]:
        """Hamlet → how many products each OCOP owner there has; the example commune comes first."""
        found, left = {}, products
        example = self.demo.hamlets[self.demo.example.pk]
        for hamlet, (_craft, fates) in zip(example, SHOWN, strict=False):
            found[hamlet.pk] = [len(fates)]
            left -= len(fates)
        others = [h for h in homes if h.pk not in found]
        while left > 0:
            many = min(self.random.choice(MANY), left)
            found.setdefault(self.random.choice(others).pk, []).append(many)
            left -= many
        return found

    def _commune(self, commune, ocop, plain, ranks) -> None:
        district = self.demo.district_code.get(commune.parent_id, "")
        stories, helper = [], self.helpers.get(commune.pk)
        is_example = commune.pk == self.demo.example.pk
        shown = dict(zip((h.pk for h in self.demo.hamlets[commune.pk]), SHOWN, strict=False))
        for hamlet in self.demo.hamlets[commune.pk]:
            country = goods.country_of(self.random, district, commune.kind_name)
            spot = Spot(hamlet, self._called(hamlet, commune), country, helper)
            told = shown.get(hamlet.pk, ("", ())) if is_example else ("", ())
            for many in ocop.get(hamlet.pk, ()):
                mine = [self._rank(ranks, is_example) for _each in range(many)]
                stories.append(self.stories.ocop_owner(spot, mine, *told))
            stories += [self.stories.plain_owner(spot) for _each in range(plain[hamlet.pk])]
        if stories:
            stories += self._twin(commune, stories)
            officer = self.demo.accounts["commune_officer", commune.pk]
            take_over_owners(stories=stories, by=officer, under=commune)

    @staticmethod
    def _rank(ranks: list[dict], is_example: bool) -> dict:
        """The next one; in the example every recognition still holds."""
        valid = (n for n in reversed(range(len(ranks))) if not ranks[n].get("expired"))
        return ranks.pop(next(valid, -1) if is_example else -1)

    def _called(self, hamlet, commune) -> str:
        """What goods are named after: the hamlet, or the unit where hamlets bear numbers."""
        name = self.names[hamlet.pk].name
        if name.isdigit():
            return commune.full_name if commune.name.isdigit() else commune.name
        return name

    def _twin(self, commune, stories: list[OwnerStory]) -> list[OwnerStory]:
        """The same owner and product once more, as another team typed it: in the example too."""
        known = next((s for s in stories if s.products and s.kind != "household"), None)
        known = known or next((s for s in stories if s.products), None)
        is_chosen = commune.pk == self.demo.example.pk or self.random.random() < TWINS
        others = [h for h in self.demo.hamlets[commune.pk] if known and h.pk != known.place.pk]
        if not others or not is_chosen:
            return []
        name = known.name
        for whole, short in ABBREVIATED:
            name = name.replace(whole, short)
        first = known.products[0]
        product = ProductStory(fold(first.name).capitalize(), kind=first.kind, group=first.group)
        return [
            known._replace(
                name=name,
                place=others[0],
                products=(product,),
                shops=(),
                accounts=(),
                commitments=(),
                consent=None,
            )
        ]
