"""One form for every door: phone page, desk page, envelope of the outbox, row of a sheet."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import PhotosField
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField
from cncd.foundation.kit.reading import read_once
from cncd.work.activities.choices import Choices
from cncd.work.activities.forms.fields import CodesField, count_field
from cncd.work.activities.ground import shared_catalogue
from cncd.work.activities.rules import MOST_COUNTED, MOST_PHOTOS, TEXTS, Done
from cncd.work.difficulties.forms import LONGEST


def count_fields(choices: Choices) -> dict[str, WholeNumberField]:
    """A count for each content and language in force; nothing in them is of one form only."""
    contents = {
        f"content_{row.code}": count_field(
            row.short_name, help_text=row.unit if row.unit != "lượt" else ""
        )
        for row in choices.contents
    }
    return contents | {f"language_{row.code}": count_field(row.name) for row in choices.languages}


class ActivityForm(OnceMixin, forms.Form):
    """What a team did; `tile` is what was tapped on the phone, whose count may follow `people`."""

    kind = forms.ChoiceField(label=_("Kind of work"))
    happened_on = DayField(label=_("Date"))
    people = count_field(_("People helped"))
    elderly = count_field(_("of whom aged 60 and over"))
    households = count_field(_("Households reached"))
    visited = CodesField()
    place = forms.TypedChoiceField(
        label=_("Hamlet"),
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Choose the hamlet: the team covers more than one.")},
    )
    venue = NFCCharField(label=_("Venue"), max_length=TEXTS["venue"], required=False)
    participants = forms.TypedMultipleChoiceField(
        label=_("Who took part"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    co_organisers = NFCCharField(
        label=_("Together with (agency, association…)"),
        max_length=TEXTS["co_organisers"],
        required=False,
    )
    joint_teams = forms.TypedMultipleChoiceField(
        label=_("Other teams that joined in"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = NFCCharField(
        label=_("Note"),
        max_length=TEXTS["note"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Do not write neighbours' names or phone numbers."),
    )
    difficulty = NFCCharField(
        label=_("A difficulty met, if any"), max_length=LONGEST, required=False
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        most=MOST_PHOTOS,
        help_text=_("At most 5. Ask those in the picture first: a face is personal data."),
    )
    confirmed = forms.BooleanField(required=False)  # sent by the button "Right, save it"

    is_doubtful = False  # refused until confirmed

    def __init__(
        self, data=None, *args, team, day: dt.date | None = None, tile=None, choices=None, **options
    ):
        super().__init__(data, *args, **options)
        self.team, self.tile = team, tile
        day = self._day(day)
        self.choices = choices if choices and choices.day == day else Choices(team, day)
        self.fields["kind"].choices = [(row.code, row.name) for row in self.choices.kinds]
        self._add_counts()
        self._offer_places()
        self._offer_households()
        self._offer_people()
        if tile and not self.is_bound:
            self.initial.setdefault("kind", self.choices.kind_for(tile))
        self.initial.setdefault("happened_on", self.choices.day)

    def _day(self, day: dt.date | None) -> dt.date:
        """The day spoken of: what was in force then may be chosen."""
        if self.is_bound:
            try:
                sent = self.data.get(self.add_prefix("happened_on"))
                return self.fields["happened_on"].clean(sent)
            except forms.ValidationError:
                pass
        return day or timezone.localdate()

    def _add_counts(self) -> None:
        key = ("count fields", self.choices.day)
        self.fields |= read_once(key, lambda: count_fields(self.choices), of=["programme"])
        if self.is_bound:
            self._add_retired()

    def _add_retired(self) -> None:
        """A count of what was not in force that day is not dropped: the rules refuse it there."""
        known = {self.add_prefix(name) for name in self.fields}
        sent = [name for name in self.data if name not in known and self.data[name]]
        start = self.add_prefix("content_")
        for code in [name.removeprefix(start) for name in sent if name.startswith(start)]:
            if row := shared_catalogue().contents.get(code):
                self.fields[f"content_{code}"] = count_field(row.short_name)

    def _offer_places(self) -> None:
        hamlets = self.choices.hamlets
        if len(hamlets) < 2:
            del self.fields["place"]
        else:
            offered = [(row.pk, f"{row.kind_name} {row.name}") for row in hamlets]
            self.fields["place"].choices = [("", _("Choose the hamlet")), *offered]

    def _offer_households(self) -> None:
        """Codes may be given where a hamlet has a list; what was sent is never dropped."""
        sent = self.data.get(self.add_prefix("visited")) if self.is_bound else ""
        if sent is not None and self.choices.codes:
            self.fields["visited"].offer(self.choices.codes_in_short, self.choices.codes)
        elif not sent:
            del self.fields["visited"]

    def _offer_people(self) -> None:
        # Asked of the database only when drawn, or when somebody was chosen.
        self.fields["participants"].choices = lambda: [
            (row.person_id, row.person.full_name) for row in self.choices.members
        ]
        self.fields["joint_teams"].choices = lambda: [
            (row.pk, row.name) for row in self.choices.neighbours
        ]
        if not (self.is_bound or self.choices.neighbours):
            del self.fields["joint_teams"]

    # -- parts the pages draw ------------------------------------------------------------------

    FIRST = "happened_on ended_on place kind times people elderly households".split()

    @property
    def first_fields(self) -> list:
        """What is asked of every entry."""
        return [self[name] for name in self.FIRST if name in self.fields]

    @property
    def short_fields(self) -> list:
        """What the phone folds away: less urgent than the numbers, the day and the hamlet."""
        own = {field.name for field in self.household_fields}
        first = [name for name in ("photos", "note", "households", "kind") if name not in own]
        rest = [field for field in self.more_fields if field.name not in {*first, *own}]
        return [self[name] for name in first] + rest

    @property
    def household_fields(self) -> list:
        """What stands together on the phone where the hamlet has a household list."""
        return [self["visited"], self["households"]] if "visited" in self.fields else []

    @property
    def opens_households(self) -> bool:
        """Whether what is said of households holds something wrong."""
        return bool({"households", "visited"} & self.errors.keys())

    @property
    def opens_more(self) -> bool:
        """Whether what is folded away holds something wrong."""
        shown = {"people", "elderly", "place", "day", "happened_on"}
        shown |= {field.name for field in self.household_fields}
        return any(name not in shown and not name.startswith("language_") for name in self.errors)

    @property
    def more_fields(self) -> list:
        """What may be added."""
        skipped = {*self.FIRST, "confirmed", "day"}
        counts = ("content_", "language_")
        names = [n for n in self.fields if n not in skipped and not n.startswith(counts)]
        return [self[name] for name in names if not self[name].is_hidden]

    @property
    def main_count(self):
        """The count of what was tapped, when it is counted in something else than times."""
        if not (self.tile and self.tile.is_content):
            return None
        known = (row for row in self.choices.contents if row.code == self.tile.code)
        row = next(known, None)  # not in use on the day that was written
        return self[f"content_{row.code}"] if row and row.unit != "lượt" else None

    @property
    def content_counts(self) -> list:
        """The counts of contents, without the one that was tapped."""
        main = f"content_{self.tile.code}" if self.tile and self.tile.is_content else ""
        return [self[name] for name in self._named("content_") if name != main]

    @property
    def language_counts(self) -> list:
        return [self[name] for name in self._named("language_")]

    def _named(self, start: str) -> list[str]:
        return [name for name in self.fields if name.startswith(start)]

    # -- what it says ---------------------------------------------------------------------------

    def done(self, photos: tuple[str, ...] = ()) -> Done:
        """The entry, once the form is valid; `photos` are ids of stored files."""
        said = self.cleaned_data
        plain = ("people", "elderly", "households")
        kept = ("kind", "happened_on", "venue", "co_organisers", "note")
        return Done(
            **{name: said[name] or 0 for name in plain},
            **{name: said[name] for name in kept},
            place=said.get("place"),
            contents=self._contents(),
            languages=self._counts("language_"),
            participants=tuple(said["participants"]),
            joint_teams=tuple(said.get("joint_teams", ())),
            visited=said.get("visited", ()),
            photos=photos,
            **self.range(),
        )

    def range(self) -> dict:
        """A summary adds its last day and how many activities it stands for."""
        return {}

    def _counts(self, start: str) -> dict[str, int]:
        pairs = {name.removeprefix(start): self.cleaned_data[name] for name in self._named(start)}
        return {code: number for code, number in pairs.items() if number}

    def _contents(self) -> dict[str, int]:
        found = self._counts("content_")
        people = self.cleaned_data["people"] or 0
        if self.tile and self.tile.is_content and self.tile.code not in found and people:
            found[self.tile.code] = people
        return found


class SummaryForm(ActivityForm):
    """The sum of a month for a team that kept no logs; flagged as an estimate."""

    ended_on = DayField(label=_("Last day"))
    times = WholeNumberField(label=_("How many activities"), min_value=1, max_value=MOST_COUNTED)

    field_order = ["happened_on", "ended_on", "kind", "times"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["happened_on"].label = _("First day")
        if not (self.is_bound or self.initial.get("kind")):
            self.initial["kind"] = self.choices.usual_kind()

    def range(self) -> dict:
        return {"ended_on": self.cleaned_data["ended_on"], "times": self.cleaned_data["times"]}


def said_before(done: Done) -> dict:
    """An entry as the initial values of a form."""
    plain = {
        name: getattr(done, name)
        for name in (
            "kind happened_on ended_on times people elderly households place venue"
            " co_organisers note participants joint_teams"
        ).split()
    }
    plain["visited"] = ", ".join(done.visited)
    plain |= {f"content_{code}": number for code, number in done.contents.items()}
    plain |= {f"language_{code}": number for code, number in done.languages.items()}
    return {name: value for name, value in plain.items() if value not in (0, None, "")}
