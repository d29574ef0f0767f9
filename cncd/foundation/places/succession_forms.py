"""What the two steps of a reorganisation ask for, and what the action takes from it."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cncd.foundation.places import checks, queries
from cncd.foundation.places.actions.drafts import Draft
from cncd.foundation.places.actions.places import standing_under
from cncd.foundation.places.forms import ChildrenForm, DivideForm, JoinForm, PartFormSet
from cncd.foundation.places.models import Place, PlaceVersion, Succession

Kind = Succession.Kind
TITLES = {
    Kind.MERGE: _("Merge units"),
    Kind.ABOLISH: _("Abolish units"),
    Kind.SPLIT: _("Divide a unit"),
    Kind.TRANSFER: _("Transfer a part of a unit"),
}
INTROS = {
    Kind.MERGE: _("Whole units become one; what stood under them goes along."),
    Kind.ABOLISH: _("Units end and their duties pass to another one, such as the unit above."),
    Kind.SPLIT: _("One unit ends and is divided among others; the shares sum to 100%."),
    Kind.TRANSFER: _("The unit goes on; a part of it, with some units under it, goes elsewhere."),
}


class Asked:
    """A reorganisation as filled in; `form` holds its errors."""

    def __init__(self, kind: str, place: Place, data):
        self.kind, self.place, self.data = kind, place, data
        self.news: list[Place] = []
        self.last = place.versions.select_related("parent", "kind").get(is_last=True)

    title = property(lambda self: TITLES[self.kind])
    intro = property(lambda self: INTROS[self.kind])
    parts = None

    @property
    def day(self):
        return self.form.cleaned_data["on"]

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What the first step sent, to be carried through the second."""
        own = ("csrfmiddlewaretoken", "confirm", "change")
        return [
            (name, value)
            for name, values in self.data.lists()
            if name not in own and not name.startswith("child-")
            for value in values
        ]

    @cached_property
    def rows(self) -> list[tuple[Place, Place | Draft, float]]:
        """(old, new, share) as the action takes them."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        return self.form.is_valid() and self._look()

    def wants_preview(self) -> bool:
        """Whether the second step is to be shown (again)."""
        return "confirm" not in self.data or not self.children.is_valid()

    def _look(self) -> bool:
        """Whether the rows can be read; what cannot is an error of the form."""
        try:
            return bool(self.rows)
        except ValidationError as refused:
            self.form.add_error(None, refused.messages)
            return False

    # -- what it touches ------------------------------------------------------------------------

    @cached_property
    def effects(self) -> list[dict]:
        """For each unit that passes on: what it is called, and what stands under it, by level."""
        found = []
        for old in dict.fromkeys(old for old, _new, _share in self.rows):
            below = Place.objects.within([old.pk], queries.last_day_known(old, self.day))
            counts: dict[str, int] = {}
            for level in below.exclude(pk=old.pk).values_list("level__name", flat=True):
                counts[level] = counts.get(level, 0) + 1
            news = [(self.name_of(new), share) for each, new, share in self.rows if each == old]
            found.append({"old": old, "below": counts.items(), "news": news})
        return found

    @cached_property
    def held(self) -> list[PlaceVersion]:
        """Units under what passes on, for which somebody must say where they go."""
        if self.kind in (Kind.MERGE, Kind.ABOLISH):
            return []
        return standing_under(self.place, self.day)

    @cached_property
    def children(self) -> ChildrenForm:
        """Where each of them goes; one of the second step, so it starts unanswered."""
        confirmed = self.data if self.data and "confirm" in self.data else None
        stays = str(_("Stays where it is")) if self.kind == Kind.TRANSFER else ""
        return ChildrenForm(confirmed, children=self.held, news=self._choices(), stays=stays)

    def _choices(self) -> list[tuple[str, str]]:
        news = [new for _old, new, _share in self.rows]
        return [(str(number), self.name_of(new)) for number, new in enumerate(news)]

    def name_of(self, new: Place | Draft) -> str:
        if isinstance(new, Draft):
            return f"{new.kind.name} {new.name} ({new.code})"
        return str(new)

    def arguments(self) -> dict:
        """What `succeed_places` takes, but the document and who does it."""
        chosen = self.children.wanted() if self.held else {}
        news = [new for _old, new, _share in self.rows]
        children = {
            version.place: news[int(chosen[version.place_id])]
            for version in self.held
            if version.place_id in chosen
        }
        return {"kind": self.kind, "shares": self.rows, "on": self.day, "children": children}


class AskedJoin(Asked):
    """Several into one."""

    @cached_property
    def form(self) -> JoinForm:
        return JoinForm(self.data, place=self.place, kind=self.kind, parent=self.last.parent)

    @cached_property
    def rows(self):
        data = self.form.cleaned_data
        new = data["successor"]
        if new is None:
            new = Draft(
                kind=checks.kind_named(data["kind"]),
                code=data["code"],
                name=data["name"],
                parent=data["parent"],
                since_on=data["on"],
            )
        return [(old, new, 1) for old in data["olds"] if old != new]


class AskedDivision(Asked):
    """One into several, or a part of one."""

    @cached_property
    def form(self) -> DivideForm:
        return DivideForm(self.data)

    @cached_property
    def parts(self) -> PartFormSet:
        return PartFormSet(self.data, prefix="part")

    def is_valid(self) -> bool:
        return self.parts.is_valid() & self.form.is_valid() and self._look()

    @cached_property
    def rows(self):
        filled = [part.cleaned_data for part in self.parts if part.has_changed()]
        if not filled:
            raise checks.Refused(_("Fill in at least one unit that takes over."))
        return [(self.place, self._new(data), data["share"] / 100) for data in filled]

    def _new(self, data: dict) -> Place | Draft:
        return data["successor"] or Draft(
            kind=self.last.kind,
            code=data["code"],
            name=data["name"],
            parent=self.last.parent,
            since_on=self.day,
        )


def asked_for(kind: str, place: Place, data) -> Asked:
    """The two steps for this kind of reorganisation."""
    asked = AskedJoin if kind in (Kind.MERGE, Kind.ABOLISH) else AskedDivision
    return asked(kind, place, data)
