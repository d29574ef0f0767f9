"""Small steps on the request of a signed-in person."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode

from cncd.foundation.people import authority, protection

# Where one can always go: to protect the account, to leave, to change the language.
ALWAYS_OPEN = ("/account/", "/language/", "/preferences/", f"/{settings.STATIC_URL.strip('/')}/")


class SignedIn:
    """Asks for the person's grants once per request, keeps the session fresh, minds obligations."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            authority.remember_grants(request.user)
            self.stay(request)
            if self.must_protect(request):
                query = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('people:protect')}?{query}")
        return self.get_response(request)

    def stay(self, request) -> None:
        """Once a day, lets the session last as long again as when the person signed in."""
        today = timezone.localdate().isoformat()
        if request.session.get("renewed_on", today) != today:
            request.session["renewed_on"] = today

    def must_protect(self, request) -> bool:
        """Whether an officer without a second factor has reached the day when one is needed."""
        day = parse_date(request.session.get(protection.SESSION_KEY) or "")
        if not day or day > timezone.localdate() or request.path.startswith(ALWAYS_OPEN):
            return False
        if protection.has_second_factor(request.user):
            del request.session[protection.SESSION_KEY]
            return False
        return True
