"""What views of this room share: doing what a sent page asks, and a document beside a form."""

from django.core.exceptions import ValidationError
from django.shortcuts import render

from cncd.foundation.documents.forms import DocumentForm
from cncd.foundation.kit import refusing
from cncd.foundation.people.actions import Refusal


def done(request, act, form, *others):
    """As `kit.refusing.done`; what an action about people refuses stands at its field too."""

    def acted():
        try:
            return act()
        except Refusal as refusal:
            at_field = refusal.field in form.fields
            told = {refusal.field: refusal.message} if at_field else refusal.message
            raise ValidationError(told) from refusal

    return refusing.done(request, acted, form, *others)


def saved(request, form, action, **given):
    """Calls the action with what the form holds, in the reader's name; see `done`."""
    return done(request, lambda: action(by=request.user, **given, **form.cleaned_data), form)


class Paper:
    """The document a change rests on: asked for beside the form, and may be left out."""

    PREFIX = "paper"
    KIND = "decision"
    SIGNS = ("number", "issued_on")

    def __init__(self, request, place):
        data = request.POST or None
        self.request, self.place = request, place
        self.given = bool(request.FILES.get(f"{self.PREFIX}-file")) or any(
            request.POST.get(f"{self.PREFIX}-{name}", "").strip() for name in self.SIGNS
        )
        self.form = DocumentForm(
            data if self.given else None,
            request.FILES if self.given else None,
            prefix=self.PREFIX,
            kind=self.KIND,
            place=place,
            use_required_attribute=False,
        )

    def is_valid(self) -> bool:
        """True when it was left out."""
        return self.form.is_valid() if self.given else True

    def kept(self):
        """The document, once the form is valid; None when it was left out."""
        return self.form.add(by=self.request.user, place=self.place) if self.given else None

    def saved(self, form, action, **given):
        """Calls the action with what the form holds and the document; see `done`."""
        given["by"] = self.request.user
        act = lambda: action(document=self.kept(), **given, **form.cleaned_data)  # noqa: E731
        return done(self.request, act, form, self)

    def page(self, form, template="people/with_paper.html", **context):
        """The form, with the fields of the document below it."""
        return render(self.request, template, {"form": form, "paper": self.form, **context})
