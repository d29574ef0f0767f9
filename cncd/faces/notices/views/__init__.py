"""The pages of the notices, by what they are about."""

from cncd.faces.notices.views import addresses, calendar, choosing, log, notices

__all__ = ["addresses", "calendar", "choosing", "log", "notices"]
