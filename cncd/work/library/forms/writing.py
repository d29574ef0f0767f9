"""A text of the library: its words, and what it is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.forms import DocumentChoice
from cncd.foundation.documents.models import Document
from cncd.foundation.files.forms import CheckedFileField
from cncd.foundation.kit.forms import NFCCharField, OnceMixin
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place
from cncd.team.programme.models import ActivityKind, Content, Platform
from cncd.work.library.actions.lines import About, audiences_of
from cncd.work.library.models import Item, writing_roots

AUDIENCES = [
    ("teams", _("Teams")),
    ("officials", _("Officials")),
    ("citizens", _("Citizens")),
]
LONGEST = 60_000  # signs; some twenty printed pages
DOCUMENTS = 200  # offered, the newest
ORIGINALS = 300  # likewise


class Catalogue(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return getattr(row, "short_name", row.name)


class ItemForm(OnceMixin):
    """A new text, or the next edition of one."""

    title = NFCCharField(label=_("Title of the text"), max_length=200)
    summary = NFCCharField(
        label=_("In one sentence"), max_length=300, required=False,
        help_text=_("What the reader can do afterwards; shown in lists."),
    )  # fmt: skip
    body = NFCCharField(
        label=_("The text"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "form-control library-body"}),
        help_text=_("One step per line: “1. Open the app”. “## Heading” makes a heading, "
                    "“**word**” bold, “- ” a list. A table or picture goes into the file."),
    )  # fmt: skip
    file = CheckedFileField(
        label=_("File"), required=False, allow=("pdf", "image", "word", "excel"),
        help_text=_("PDF, Word, Excel or a picture, at most 20 MB. It is not kept on phones."),
    )  # fmt: skip
    what_changed = NFCCharField(
        label=_("What changed"), max_length=300, required=False,
        help_text=_("For example: step 3 follows the new screen."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind.choices, initial="guide")
    audiences = forms.MultipleChoiceField(
        label=_("For whom"), choices=AUDIENCES, initial=["teams"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one: teams, officials or citizens.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=Item.Language.choices, initial="vi")
    translation_of = forms.ModelChoiceField(
        label=_("Translation of"), queryset=Item.objects.none(), required=False,
        empty_label=_("Not a translation"),
        help_text=_("Readers of either one then find the other by its language."),
    )  # fmt: skip
    contents = Catalogue(label=_("Contents it helps with"), queryset=None, required=False)
    duties = Catalogue(label=_("Duties it helps with"), queryset=None, required=False)
    platforms = Catalogue(label=_("Platforms"), queryset=None, required=False)
    document = DocumentChoice(
        label=_("Document"), queryset=Document.objects.none(), required=False,
        help_text=_("The decision or plan it is about, as recorded under “Documents”."),
    )  # fmt: skip
    place = PlaceField(label=_("Unit"), help_text=_("Read in this unit and everything below it."))
    agency = forms.ModelChoiceField(label=_("In the name of"), queryset=Agency.objects.none())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, day, item: Item | None = None, **options):
        self.item = item
        options["initial"] = (_values(item) if item else {}) | options.get("initial", {})
        super().__init__(*args, **options)
        for name, model in (("contents", Content), ("duties", ActivityKind),
                            ("platforms", Platform)):  # fmt: skip
            self.fields[name].queryset = model.objects.on(day)
        newest = Document.objects.visible_to(user).order_by("-issued_on", "-pk")
        ids = list(newest.values_list("pk", flat=True)[:DOCUMENTS])
        ids += [item.document_id] if item and item.document_id else []
        self.fields["document"].queryset = Document.objects.filter(pk__in=ids)
        self._offer_originals(user)
        self._offer_shelf(user, day)
        if not (item and item.current_id):
            del self.fields["what_changed"]

    def _offer_originals(self, user) -> None:
        """The newest texts, and the one that was named; none where others translate this one."""
        if self.item and self.item.translations.standing().exists():
            del self.fields["translation_of"]
            return
        rows = Item.objects.visible_to(user).originals().exclude(pk=self.item and self.item.pk)
        ids = list(rows.order_by("-published_at", "-pk").values_list("pk", flat=True)[:ORIGINALS])
        named = self.initial.get("translation_of")
        ids += [named] if named else []
        self.fields["translation_of"].queryset = Item.objects.filter(pk__in=ids)

    def _offer_shelf(self, user, day) -> None:
        """Where it stands and in whose name; fixed once it is written."""
        if self.item:
            del self.fields["place"], self.fields["agency"]
            return
        roots = writing_roots(user)
        if roots:  # an officer writes for a unit, an enterprise in its own name
            del self.fields["agency"]
            units = Place.objects.reached_from(roots, day).alive(day)
            self.fields["place"].offer(units.exclude(level__code="hamlet").distinct(), day)
            return
        own = Agency.objects.filter(pk__in=authority.own_agencies(user), is_enterprise=True)
        self.fields["agency"].queryset = own
        self.fields["agency"].empty_label = None
        del self.fields["place"]

    @property
    def shelf(self) -> dict:
        """Place and agency, as the action takes them."""
        agency = self.cleaned_data.get("agency")
        return {"place": self.cleaned_data.get("place") or agency.place, "agency": agency}

    @property
    def words(self) -> dict:
        """The fields of a Text but for its file."""
        names = ("title", "summary", "body", "what_changed")
        return {name: self.cleaned_data.get(name, "") for name in names}

    @property
    def about(self) -> About:
        values = self.cleaned_data
        return About(
            kind=values["kind"], language=values["language"], document=values["document"],
            audiences=tuple(name for name, _label in AUDIENCES if name in values["audiences"]),
            contents=tuple(values["contents"]), duties=tuple(values["duties"]),
            platforms=tuple(values["platforms"]),
            translation_of=values.get("translation_of"),
        )  # fmt: skip

    def clean(self):
        kept = bool(self.item and (self.item.open or self.item.current).file_id)
        values = self.cleaned_data
        if not (values.get("body") or values.get("file") or values.get("document") or kept):
            self.add_error("body", _("Write the text, or add a file or a document."))
        return values


def _values(item: Item) -> dict:
    edition = item.open or item.current
    values = {name: getattr(edition, name) for name in ("title", "summary", "body")}
    values["what_changed"] = edition.what_changed if item.open else ""
    values |= {name: getattr(item, name) for name in ("language", "document", "version")}
    return values | {"translation_of": item.translation_of_id} | kept_in_translation(item)


def kept_in_translation(item: Item) -> dict:
    """What a text is about and for whom, as the form takes it: the same in every language."""
    values = {name: getattr(item, name).all() for name in ("contents", "duties", "platforms")}
    return values | {"kind": item.kind, "audiences": list(audiences_of(item))}
