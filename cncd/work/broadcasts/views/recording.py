"""Recording a broadcast, putting it right, taking it out."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.ids import uuid_of
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.broadcasts import actions
from cncd.work.broadcasts.forms import BroadcastForm, WithdrawForm
from cncd.work.broadcasts.imports import BroadcastImport
from cncd.work.broadcasts.models import Broadcast


def own_unit(request):
    """The unit in sight, if the person records for it, else 404."""
    place = request.scope.place
    if place is None or not request.user.can("broadcasts.record", place=place):
        raise Http404
    return place


def changeable(request, pk) -> Broadcast:
    """The broadcast, if the person may change it, else 404."""
    rows = Broadcast.objects.visible_to(request.user).select_related("place", "medium", "origin")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.can("broadcasts.record", place=found.place):
        raise Http404
    return found


@allow("broadcasts.record")
def new(request):
    """The quick form; after saving it is there again for the next one, if so wished."""
    place, day = own_unit(request), request.scope.today
    form = BroadcastForm(
        request.POST or None,
        user=request.user,
        place=place,
        day=day,
        initial=_first(request, place),
    )

    def run() -> dict:
        made = actions.record_broadcast(place=place, aired=form.aired, by=request.user)
        return {"id": str(made.pk), "title": made.title, "medium": made.medium_id}

    def act():
        return once(**form.envelope_of(kind="broadcast.record", sender=request.user), run=run)

    if answer := done(request, act, form):
        undo = reverse("broadcasts:undo", args=[answer["id"]])
        say_done(request, _("Recorded: %(what)s") % {"what": answer["title"]}, undo=undo)
        again = f"{reverse('broadcasts:new')}?medium={answer['medium']}"
        return redirect(again if "again" in request.POST else "broadcasts:list")
    context = {"form": form, "title": _("Record a broadcast"), "is_new": True}
    return render(request, "broadcasts/form.html", context | {"back": reverse("broadcasts:list")})


def _first(request, place) -> dict:
    """The medium used last; with ?origin= what is repeated."""
    first = {"medium": request.GET.get("medium")}
    if not first["medium"]:
        last = Broadcast.objects.filter(place=place).order_by("-recorded_at").first()
        first["medium"] = last.medium_id if last else None
    origin = request.GET.get("origin")
    seen = Broadcast.objects.visible_to(request.user).standing()
    if origin and (found := seen.filter(pk=uuid_of(origin)).first()):
        first |= {"origin": found, "title": found.title, "medium": found.medium_id,
                  "content": found.content, "item": found.item, "link": found.link}  # fmt: skip
    return first


@allow("broadcasts.record")
def edit(request, pk):
    """A broadcast opened for change."""
    found = changeable(request, pk)
    form = BroadcastForm(
        request.POST or None, user=request.user, place=found.place, day=request.scope.today,
        broadcast=found,
    )  # fmt: skip

    def act():
        version = form.cleaned_data["version"]
        return actions.change_broadcast(
            broadcast=found, version=version, aired=form.aired, by=request.user
        )

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "title": _("Change the broadcast"), "back": found.get_absolute_url()}
    return render(request, "broadcasts/form.html", context)


@allow("broadcasts.record")
def withdraw(request, pk):
    """Takes out what was recorded by mistake, with the reason."""
    found = changeable(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_broadcast(
            broadcast=found, by=request.user, **form.cleaned_data), form):  # fmt: skip
        undo = reverse("broadcasts:restore", args=[pk])
        say_done(request, _("Taken out: %(what)s") % {"what": found}, undo=undo)
        return redirect("broadcasts:list")
    context = {
        "form": form, "title": _("Take a broadcast out"), "question": found.title,
        "consequences": [_("It no longer counts in any month that is not sent yet.")],
        "danger": True, "submit": _("Take it out"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("broadcasts.record")
def undo(request, pk):
    """Takes back what was just recorded."""
    found = changeable(request, pk)
    actions.withdraw_broadcast(
        broadcast=found, version=found.version, reason=_("Undone"), by=request.user
    )
    say_done(request, _("Taken out: %(what)s") % {"what": found})
    return redirect("broadcasts:new")


@require_POST
@allow("broadcasts.record")
def restore(request, pk):
    """Brings back what was taken out."""
    found = changeable(request, pk)
    actions.restore_broadcast(broadcast=found, by=request.user)
    say_done(request, _("It is back."))
    return redirect(found)


@allow("broadcasts.record")
def imported(request):
    """A list from Excel: upload or paste, look, confirm."""
    unit, back = own_unit(request), reverse("broadcasts:list")
    return BroadcastImport(request, unit=unit, back=back).response()
