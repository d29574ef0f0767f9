"""What every page carries around its content: banner, tabs, the reader's preferences."""

from django.utils import timezone
from django.utils.functional import cached_property

from cncd.foundation.places.queries import setting

from . import navigation


class Chrome:
    """Asked by the shells; each part is found when first drawn."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def banner(self) -> str:
        """What the installation says above every page ("Dữ liệu minh họa…")."""
        return setting("demo.banner")

    @cached_property
    def tabs(self) -> list[navigation.Tab]:
        return navigation.tabs(self.request) if self.user else []

    @cached_property
    def parts(self) -> list[navigation.Tab]:
        """The second row of tabs, where the first has one."""
        return navigation.parts(self.request) if self.user else []

    @property
    def user(self):
        """The signed-in account, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def large_text(self) -> bool:
        if self.user:
            return self.user.large_text
        session = getattr(self.request, "session", {})
        return bool(session.get("large_text"))

    @property
    def has_desk(self) -> bool:
        return bool(self.user and self.user.can("desk.open"))

    @property
    def has_phone(self) -> bool:
        return bool(self.user and self.user.can("phone.open"))

    @property
    def frame(self) -> str:
        """What stands around a page of any room: the desk, or the phone of who has no desk."""
        return "phone.html" if self.has_phone and not self.has_desk else "desk.html"

    @property
    def now(self):
        return timezone.now()


def chrome(request) -> dict:
    return {"chrome": Chrome(request)}
