"""One group at the desk: reading it, entering one, putting it right, ending it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as place_queries
from cncd.work.channels import actions
from cncd.work.channels.entering import change, enter
from cncd.work.channels.forms import ChannelForm, CloseForm, EditForm, WithdrawForm
from cncd.work.channels.models import Channel
from cncd.work.channels.queries import standings
from cncd.work.channels.views.listing import STATES, TONES
from cncd.work.channels.views.scope import changeable, changes, owner_of, seen


@allow("channels.view")
def channel(request, pk):
    """One group: its name against the rule, who runs it, who must be in it, its history."""
    found = seen(request, pk)
    row = standings([found], request.scope.day)[0]
    context = {
        "channel": found,
        "row": row,
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "may_change": changes(request.user, found),
        "may_see_people": request.user.can("people.view"),
        "admins": found.admins.all(),
    }
    return render(request, "channels/channel.html", context)


@allow("channels.change")
def new(request):
    """The form for a group of a unit or a team."""
    place, team = owner_of(request)
    form = ChannelForm(request.POST or None, place=place, team=team)
    if request.method == "POST" and form.is_valid():
        found = enter(form, by=request.user)
        if found:
            undo = reverse("channels:withdraw", args=[found.pk])
            say_done(request, _("Saved: %(what)s") % {"what": found}, undo=undo)
            return redirect("channels:channel", found.pk)
    return _form_page(request, form, _("Enter a group"), reverse("channels:list"))


@allow("channels.change")
def edit(request, pk):
    """A group opened for change."""
    found = changeable(request, pk)
    form = edit_form(EditForm, found, request.POST)
    if request.method == "POST" and form.is_valid() and change(form, found, by=request.user):
        say_done(request, _("Saved."))
        return redirect("channels:channel", pk)
    back = reverse("channels:channel", args=[pk])
    return _form_page(request, form, _("Change the group"), back)


def edit_form(kind, found: Channel, data=None):
    """The form of a group as it stands, bound to what was sent."""
    initial = {name: getattr(found, name) for name in (
        "name", "platform", "link", "runner", "agency", "member_count", "last_active_on",
        "opened_on", "is_common", "version",
    )}  # fmt: skip
    initial["admins"] = found.admins.all()
    options = {"place": found.place, "team": found.team, "channel": found, "initial": initial}
    return kind(data or None, **options)


def _form_page(request, form, title: str, back: str):
    named = place_queries.names([form.place.pk], request.scope.today)[form.place.pk]
    context = {"form": form, "title": title, "back": back, "team": form.team, "unit": named}
    return render(request, "channels/form.html", context)


@allow("channels.change")
def close(request, pk):
    """The last day of a group."""
    found = changeable(request, pk)
    form = CloseForm(request.POST or None)
    about = {"channel": found, "by": request.user}
    if done(request, lambda: actions.close_channel(**about, **form.cleaned_data), form):
        say_done(request, _("The group was closed."), undo=reverse("channels:reopen", args=[pk]))
        return redirect("channels:channel", pk)
    context = {"form": form, "back": reverse("channels:channel", args=[pk])}
    return render(request, "kit/confirm.html", context | closing_words(found))


def closing_words(found: Channel) -> dict:
    return {
        "title": _("Close a group"),
        "question": _("Close “%(name)s” in the register?") % {"name": found},
        "consequences": [
            _("It counts no more from that day on; past months keep it."),
            _("Nothing happens to the group on the platform itself."),
        ],
        "submit": _("Close it"),
    }


@require_POST
@allow("channels.change")
def reopen(request, pk):
    """Opens a closed group again."""
    actions.reopen_channel(channel=changeable(request, pk), by=request.user)
    say_done(request, _("The group is open again."))
    return redirect("channels:channel", pk)


@allow("channels.change")
def withdraw(request, pk):
    """Takes out a group that should never have been entered."""
    found = changeable(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_channel(channel=found, by=request.user, **form.cleaned_data)
        undo = reverse("channels:restore", args=[pk])
        say_done(request, _("Taken out: %(what)s") % {"what": found}, undo=undo)
        return redirect("channels:list")
    context = {
        "form": form,
        "title": _("Take a group out of the register"),
        "question": _("Take “%(name)s” out?") % {"name": found},
        "consequences": [
            _("For a group entered by mistake: it then never counted."),
            _("A group that was used and has ended is closed instead."),
        ],
        "submit": _("Take it out"),
        "danger": True,
        "back": reverse("channels:channel", args=[pk]),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("channels.change")
def restore(request, pk):
    """Brings a group that was taken out back."""
    found = get_object_or_404(Channel.objects.visible_to(request.user), pk=pk)
    actions.restore_channel(channel=found, by=request.user)
    say_done(request, _("Brought back: %(what)s") % {"what": found})
    return redirect("channels:channel", pk)
