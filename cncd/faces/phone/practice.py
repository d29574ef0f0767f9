"""Practising: the same pages and forms, checked like real ones, then undone; nothing is stored.

The mark is in the session. What an envelope of the outbox carries says for itself whether it was
made for practice, so the door of envelopes is not asked here.
"""

import copy
from urllib.parse import urlsplit

from django.http import JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from cncd.foundation.kit.undoing import undone

KEY = "practice"
READING = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Rooms whose forms can be practised; uploads that wait for a second step cannot.
ROOMS = {"phone", "activities", "reports", "logsheets", "difficulties"}
NEVER = {"reports:import", "logsheets:lines"}
AS_TYPED = {"reports:keep"}  # sent by the page itself while somebody types
# One's own account, the language, notices, what waits from before, and the way out are real.
REAL = ("/account/", "/language/", "/preferences/", "/notices/", "/envelopes/", "/m/practice/")
HOPS = 3  # redirects followed


class Practice:
    """Middleware: undoes what is sent while somebody practises, and shows what would follow."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_training = request.user.is_authenticated and KEY in request.session
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.is_training or request.method in READING or request.path.startswith(REAL):
            return None
        name = request.resolver_match.view_name
        if name in AS_TYPED:
            told = _("You are practising: what you type is not stored.")
            return JsonResponse({"said": told}, status=409)
        if request.resolver_match.namespace not in ROOMS or name in NEVER:
            return render(request, "phone/not_practised.html", status=409)
        with undone():
            return self.followed(request, view(request, *args, **kwargs))

    def followed(self, request, response):
        """The page that a form leads to, read before it is undone; "Saved" shows what was saved."""
        for _hop in range(HOPS):
            address = response.headers.get("Location", "")
            if not address or not url_has_allowed_host_and_scheme(address, request.get_host()):
                break
            response = self.get_response(reading(request, address))
        return response


def reading(request, address: str):
    """The same person's request to read a page."""
    to = urlsplit(address)
    found = copy.copy(request)
    for name in ("resolver_match", "scope"):
        found.__dict__.pop(name, None)
    found.method, found.path, found.path_info = "GET", to.path, to.path
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": to.path, "QUERY_STRING": to.query}
    found.META = found.environ = {**request.META, **asked}
    found.GET, found._post, found._files = QueryDict(to.query), QueryDict(), MultiValueDict()
    return found
