"""Writing a text, its next edition, and taking it off the shelf."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.files.actions import store_file
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.library import actions
from cncd.work.library.actions import Text
from cncd.work.library.forms import ItemForm, WithdrawForm
from cncd.work.library.forms.writing import kept_in_translation
from cncd.work.library.models import Item

DRAFT = "draft"


def changeable(request, pk: int) -> Item:
    """The item, if the person may write on it, else 404."""
    rows = Item.objects.visible_to(request.user).select_related("current", "open", "place")
    found = get_object_or_404(rows, pk=pk)
    if not actions.may_change(request.user, found):
        raise Http404
    return found


@allow("library.change")
def new(request):
    """The form for a new text."""
    form = _form(request)

    def run() -> dict:
        made = actions.add_item(
            text=_text(form, request), about=form.about, by=request.user, send=_sends(request),
            **form.shelf,
        )  # fmt: skip
        return {"url": made.get_absolute_url()}

    def act():
        return once(**form.envelope_of(kind="library.new", sender=request.user), run=run)

    if answer := done(request, act, form):
        say_done(request, _("Saved."))
        return redirect(answer["url"])
    return _page(request, form, _("Write for the library"), reverse("library:list"))


@allow("library.change")
def edit(request, pk):
    """The next edition, or the one being written."""
    found = changeable(request, pk)
    form = _form(request, found)

    def act():
        return actions.change_item(
            item=found, version=form.cleaned_data["version"], text=_text(form, request, found),
            about=form.about, by=request.user, send=_sends(request),
        )  # fmt: skip

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect(found)
    return _page(request, form, _("Change the text"), found.get_absolute_url(), found)


@allow("library.change")
def withdraw(request, pk):
    """Takes a text off the shelf; undone by one press."""
    found = changeable(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_item(
            item=found, by=request.user, **form.cleaned_data), form):  # fmt: skip
        undo = reverse("library:restore", args=[pk])
        say_done(request, _("Taken off the shelf: %(what)s") % {"what": found}, undo=undo)
        return redirect("library:list")
    context = {
        "form": form, "title": _("Take off the shelf"), "question": found.title,
        "consequences": [_("Nobody finds it any more; who keeps a link is told why."),
                         _("Its editions stay, and one press brings it back.")],
        "danger": True, "submit": _("Take off"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("library.change")
def restore(request, pk):
    """Brings a withdrawn text back."""
    found = changeable(request, pk)
    actions.restore_item(item=found, by=request.user)
    say_done(request, _("It is on the shelf again."))
    return redirect(found)


@require_POST
@allow("library.change")
def take_back(request, pk):
    """Makes a draft again of what was submitted."""
    found = changeable(request, pk)
    form = WithdrawForm({**request.POST.dict(), "reason": "-"})
    if done(request, lambda: actions.take_back(
            item=found, version=form.cleaned_data["version"], by=request.user), form):  # fmt: skip
        say_done(request, _("Taken back: it is a draft again."))
        return redirect("library:edit", pk)
    say_done(request, _("This text no longer waits for approval. Open it again to see why."))
    return redirect(found)


def _form(request, found: Item | None = None) -> ItemForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    content = {
        key: request.GET.getlist(key) for key in ("contents", "duties") if key in request.GET
    }
    content |= _translated(request)
    options = {} if found else {"initial": {"place": request.scope.place, **content}}
    return ItemForm(data, files, user=request.user, day=request.scope.today, item=found, **options)


def _translated(request) -> dict:
    """What `?translation_of=` takes over from the text it names."""
    asked = request.GET.get("translation_of", "")
    rows = Item.objects.visible_to(request.user).standing()
    found = rows.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 12 else None
    if found is None:
        return {}
    first = found.translation_of or found
    known = {first.language, *first.other_languages.values_list("language", flat=True)}
    language = next((each for each in Item.Language.values if each not in known), None)
    return kept_in_translation(first) | {"translation_of": first.pk, "language": language}


def _sends(request) -> bool:
    return request.POST.get("send") != DRAFT


def _text(form: ItemForm, request, found: Item | None = None) -> Text:
    """The words of the form; without a new file the one that stands goes on."""
    upload = form.cleaned_data["file"]
    if upload:
        file = store_file(upload=upload, by=request.user)
    else:
        file = (found.open or found.current).file if found else None
    return Text(file=file, **form.words)


def _page(request, form, title: str, back: str, found: Item | None = None):
    must_wait = found.from_enterprise if found else "agency" in form.fields
    context = {"form": form, "title": title, "back": back, "item": found, "must_wait": must_wait}
    return render(request, "library/form.html", context)
