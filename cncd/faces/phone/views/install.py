"""What makes the pages an app: name and icon, the worker, the page when nothing is at hand."""

from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from cncd.faces.phone import shell
from cncd.foundation.people.access import public


@public
@cache_control(no_cache=True)
@condition(etag_func=lambda request: f'"{shell.version()}"')
def worker(request):
    """The service worker: stands at the root, so that reports and cards open offline too."""
    context = {"files": shell.addresses(), "version": shell.version()}
    found = render(request, "phone/worker.js", context, content_type="text/javascript")
    found.headers["Service-Worker-Allowed"] = "/"
    return found


@public
def manifest(request):
    """Name, icon and first page, for "Add to the home screen"."""
    icons = [
        {"src": static("kit/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("phone/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("phone/icon-512.png"), "sizes": "512x512", "type": "image/png"},
    ]
    icons[2]["purpose"] = "maskable"
    doors = [(_("Log what was just done"), "phone:log"), (_("Report"), "phone:report")]
    found = {
        "id": reverse("phone:home"),
        "name": _("Community digital technology teams"),
        "short_name": "CNCĐ",
        "lang": request.LANGUAGE_CODE,
        "start_url": reverse("phone:home"),
        "scope": "/",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#ffffff",
        "theme_color": "#0b5351",
        "icons": icons,
        "shortcuts": [{"name": name, "url": reverse(door)} for name, door in doors],
    }
    kind = "application/manifest+json"
    return JsonResponse(found, content_type=kind, json_dumps_params={"ensure_ascii": False})


@public
def offline(request):
    """Shown when there is no network and the page asked for is not on the phone."""
    return render(request, "phone/offline.html")
