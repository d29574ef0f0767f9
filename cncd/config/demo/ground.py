"""The units of the demo: a real province down to its communes, and invented hamlets."""

import datetime as dt

from cncd.config.demo.names import hamlet_names
from cncd.foundation.people import authority
from cncd.foundation.people.actions import PersonLine, add_people, seed_roles
from cncd.foundation.places.actions import set_setting
from cncd.foundation.places.actions.drafts import Draft
from cncd.foundation.places.actions.loads import load_places, load_tree
from cncd.foundation.places.levels import ensure_levels
from cncd.foundation.places.models import Place
from cncd.team.teams.actions import seed_components

HAMLETS = 775
TREES = {
    "2022": {
        "code": "94",
        "name": "tỉnh Sóc Trăng",
        "banner": "Dữ liệu minh họa, đơn vị hành chính năm 2022",
        "since": dt.date(2022, 1, 1),
    },
    "2025": {
        "code": "92",
        "name": "thành phố Cần Thơ",
        "banner": "Dữ liệu minh họa, đơn vị hành chính từ 01/7/2025",
        "since": dt.date(2025, 7, 1),
    },
}
PILOTS = {"941", "945", "951"}  # TP Sóc Trăng, Cù Lao Dung, Trần Đề (IV.3)
EXAMPLE = ("Nhơn Mỹ", "Mỹ Phước")  # the plan's own example (II.2.7)


class Ground:
    """Loads the tree of a `build.Demo`, and says where its pilots and its example are."""

    def __init__(self, demo):
        self.demo = demo

    def build(self) -> None:
        demo, chosen = self.demo, TREES[self.demo.tree]
        demo.since, demo.called = chosen["since"], chosen["name"]
        demo.admin = _administrator()
        authority.remember_grants(demo.admin)
        load_tree(tree=demo.tree, province=chosen["code"], open_ended=True, by=demo.admin)
        seed_roles(by=demo.admin)
        seed_components(by=demo.admin)
        demo.province = Place.objects.get(versions__code=chosen["code"], level__code="province")
        named = Place.objects.alive(demo.today).named(demo.today).select_related("level")
        demo.communes = list(named.filter(level__code="commune").order_by("code"))
        demo.districts = list(named.filter(level__code="district").order_by("code"))
        demo.district_code = {d.pk: d.code for d in demo.districts}
        demo.example = next((c for c in demo.communes if c.name == EXAMPLE[0]), demo.communes[0])
        demo.hamlets = self._hamlets()
        demo.pilots = self._pilot_hamlets()
        set_setting(
            key="demo.banner", value=chosen["banner"], place=None, since_on=demo.since,
            by=demo.admin,
        )  # fmt: skip

    def _hamlets(self) -> dict[int, list]:
        """Invented hamlets, as many as the province is said to have, by commune."""
        demo, kinds = self.demo, ensure_levels()
        share, extra = divmod(HAMLETS, len(demo.communes))
        found, drafts = {}, []
        for number, commune in enumerate(demo.communes):
            count = share + (number < extra)
            rows = [("ap", EXAMPLE[1])] if commune.name == EXAMPLE[0] else []
            town = commune.kind_name in ("Phường", "Thị trấn")
            rows += hamlet_names(demo.random, count - len(rows), town, taken=[EXAMPLE[1]])
            mine = [
                Draft(kinds[kind], f"{commune.code}.{order:03d}", name, commune, demo.since)
                for order, (kind, name) in enumerate(rows, 1)
            ]
            found[commune.pk] = mine
            drafts += mine
        load_places(drafts=drafts, by=demo.admin)
        return {pk: [draft.place for draft in mine] for pk, mine in found.items()}

    def _pilot_hamlets(self) -> set[int]:
        """The first hamlet of the first commune of each pilot district (IV.3)."""
        found = {}
        for commune in self.demo.communes:
            code = self.demo.district_code.get(commune.parent_id)
            if code in PILOTS and code not in found:
                found[code] = self.demo.hamlets[commune.pk][0].pk
        return set(found.values())


def _administrator():
    line = PersonLine(full_name="Quản trị minh họa", login="quan-tri-minh-hoa")
    person = add_people(lines=[line], by=None, is_demo=True)[0]
    person.user.is_superuser = True
    person.user.save(update_fields=["is_superuser"])
    return person.user
