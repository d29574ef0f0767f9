"""The shelf of the demo, an enterprise's guides on their way to it, and what was broadcast."""

import datetime as dt
import tomllib
from importlib.resources import files

from cncd.config.demo import clock
from cncd.config.demo.airing import Airing
from cncd.team.programme.models import ActivityKind, Content, Platform
from cncd.work.library.actions import About, Text, add_item, approve_item, change_item, refuse_item
from cncd.work.library.models import Item

ROWS = {"contents": Content, "duties": ActivityKind, "platforms": Platform}
CHANGED = "Cài và dùng VNeID"  # has a second edition
AFTER, ADDED = "\n\n## Nếu chưa được", "\n6. Chỉ bà con nơi xem số điện thoại trực của Công an xã."


class Shelf:
    """Fills the library of a `build.Demo`."""

    def __init__(self, demo):
        self.demo = demo
        self.said = tomllib.loads(files("cncd.config.demo").joinpath("library.toml").read_text())
        self.rows = {
            name: {row.code: row for row in model.objects.all()} for name, model in ROWS.items()
        }
        self.made: dict[str, Item] = {}

    def build(self) -> None:
        by = self.demo.accounts["province_officer", self.demo.province.pk]
        for number, one in enumerate(self.said["text"]):
            now = self._at(60 - 4 * number)
            self.made[one["title"]] = add_item(
                place=self.demo.province, text=_text(one), about=self._about(one), by=by, now=now
            )
        self._second_edition(by)
        for number, one in enumerate(self.said["enterprise"]):
            self._submit(one, by, 20 - 6 * number)
        Airing(self.demo, self.made).build()

    def _second_edition(self, by) -> None:
        item = self.made[CHANGED]
        changed = "Thêm bước 6: số điện thoại trực của Công an xã."
        body = item.current.body.replace(AFTER, ADDED + AFTER)
        text = Text(item.title, body, item.summary, what_changed=changed)
        change_item(item=item, version=item.version, text=text, by=by, now=self._at(5))

    def _submit(self, one: dict, so, ago: int) -> None:
        """The enterprise sends; the Sở approves one, returns another, has not seen the third."""
        firm, state = self.demo.firm, one["state"]
        item = add_item(
            place=self.demo.province, agency=firm, text=_text(one), about=self._about(one),
            by=self.demo.accounts["enterprise", self.demo.province.pk], now=self._at(ago),
        )  # fmt: skip
        then = {"item": item, "version": item.version, "by": so, "now": self._at(ago - 2)}
        if state == "approved":
            approve_item(**then)
        elif state == "returned":
            refuse_item(note=one["note"], **then)

    def _about(self, one: dict) -> About:
        many = {name: tuple(rows[code] for code in one.get(name, ()))
                for name, rows in self.rows.items()}  # fmt: skip
        return About(
            kind=one.get("kind", "guide"), language=one.get("language", "vi"),
            audiences=tuple(one["audiences"]),
            translation_of=self.made.get(one.get("translation_of", "")), **many,
        )  # fmt: skip

    def _at(self, days_ago: int) -> dt.datetime:
        day = clock.working_day(self.demo.today - dt.timedelta(days=days_ago), step=-1)
        return clock.office(self.demo.random, day)


def _text(one: dict) -> Text:
    return Text(one["title"], one["body"].strip(), one["summary"])
