"""Choices that hold from a day on, here and below."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries
from cncd.foundation.places.actions import set_setting, withdraw_setting
from cncd.foundation.places.forms import ReasonForm, SettingForm
from cncd.foundation.places.models import Place, Setting
from cncd.foundation.places.options import known_options
from cncd.foundation.places.views.reaching import changeable
from cncd.foundation.places.views.reading import readings
from cncd.foundation.places.views.writing import address, done

PERMISSION = "places.change"


@allow("places.change")
def place_settings(request, pk):
    """The choices made at a place, and a new one."""
    return _page(request, changeable(request, pk, PERMISSION))


@allow("settings.everywhere")
def settings_everywhere(request):
    """The choices that hold wherever no nearer one does; the administrator only."""
    return _page(request, None)


def _page(request, place: Place | None):
    """All options with what holds; `?key=` chooses one to change."""
    day = request.scope.today
    option = known_options().get(request.GET.get("key", ""))
    held = queries.setting_rows(place, day)
    if option is None or (place and option.everywhere):
        return render(request, "places/settings.html", _context(place, held, day))
    row = held.get(option.key)
    value = option.default if row is None else row.value
    form = SettingForm(request.POST or None, option=option, value=value)

    def choose(_document):
        set_setting(key=option.key, place=place, by=request.user, **form.cleaned_data)

    if done(request, form, choose):
        say_done(request, _("Recorded."))
        return HttpResponseRedirect(request.path)
    context = {"form": form, "title": option.label, "back": request.path}
    context["intro"] = _("It holds from that day on, here and below, where no nearer choice does.")
    return render(request, "kit/form_page.html", context)


def _context(place: Place | None, held: dict, day) -> dict:
    rows = Setting.objects.filter(place=place).order_by("key", "-since_on")
    options = known_options()
    chosen = [(row, options[row.key]) for row in rows if row.key in options]
    return {
        "place": place,
        "back": address(place),
        "settings": readings(held, place),
        "chosen": [(row, option, option.shown(row.value)) for row, option in chosen],
    }


@allow("places.change")
def withdraw(request, pk):
    """Removes a choice; the one before it goes on."""
    setting = get_object_or_404(Setting.objects.select_related("place__level"), pk=pk)
    if setting.place:
        changeable(request, setting.place_id, PERMISSION)
    elif not request.user.can("settings.everywhere"):
        raise Http404
    at = setting.place
    back = reverse("places:settings", args=[at.pk]) if at else reverse("places:settings-everywhere")
    form = ReasonForm(request.POST or None)

    def remove(_document):
        withdraw_setting(setting=setting, by=request.user, **form.cleaned_data)

    if done(request, form, remove):
        say_done(request, _("The choice was removed."))
        return HttpResponseRedirect(back)
    context = {"form": form, "title": _("Remove the choice “%(name)s”") % {"name": setting}}
    context |= {"submit": _("Remove it"), "danger": True, "back": back}
    return render(request, "kit/confirm.html", context)
