"""The front door: where each person starts, and how they like to read."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from cncd.faces.desk import actions
from cncd.faces.desk.forms import PreferencesForm, is_ours
from cncd.foundation.people import authority
from cncd.foundation.people.access import public
from cncd.foundation.people.permissions import ENTERPRISE, HELPER

DESK, PHONE = ("desk:home", "desk.open"), ("phone:home", "phone.open")
HELPED = ("partners:mine", "partners.own")  # what an enterprise comes for


def _open_to(user, url_name: str, permission: str) -> str:
    try:
        return reverse(url_name) if user.can(permission) else ""
    except NoReverseMatch:
        return ""


@public
def front(request):
    """Members go to the phone's home, officers to the desk, enterprises to whom they promised help.

    The unassigned learn what to do.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    faces = [PHONE, DESK] if "t" in request.GET else [DESK, PHONE]
    if {grant.role for grant in authority.grants(request.user)} <= {ENTERPRISE, HELPER}:
        faces.insert(0, HELPED)
    homes = [home for face in faces if (home := _open_to(request.user, *face))]
    if not homes:
        return render(request, "desk/unassigned.html", status=403)
    query = request.GET.urlencode()
    return redirect(f"{homes[0]}?{query}" if query else homes[0])


@public
@require_POST
def preferences(request):
    """Sets language and size of text for this person, or this browser before sign-in."""
    form = PreferencesForm(request.POST)
    address = request.POST.get("next", "")
    response = HttpResponseRedirect(address if is_ours(address) else "/")
    if not form.is_valid():
        return response
    large, language = form.cleaned_data["large_text"], form.cleaned_data["language"] or None
    if request.user.is_authenticated:
        actions.change_preferences(by=request.user, large_text=large, language=language)
    elif large is not None:
        request.session["large_text"] = large
    if language:
        lasts = settings.SESSION_COOKIE_AGE
        secure = settings.LANGUAGE_COOKIE_SECURE
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, lasts, secure=secure, samesite="Lax"
        )
    return response
