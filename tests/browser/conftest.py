"""A real Chromium for tests: `visit(user, width=360)` opens pages of a server run by the test.

Whatever the page complains of (a script error, something the Content-Security-Policy forbids, a
file that is missing) fails the test at its end.
"""

import os

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.test import Client
from playwright.sync_api import sync_playwright

from scripts import needs
from tests.browser.reading import Visitor

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {360: 740, 768: 1024, 1366: 768}


# What pages send together, late or twice meets the database, and what the whole walk adds up;
# the rest is about what a browser shows, keeps and lets be done, whichever database there is.
BOTH_DATABASES = {"test_deciding", "test_drill", "test_obligations", "test_outbox", "test_walk"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if item.path.stem not in BOTH_DATABASES:
                item.add_marker(pytest.mark.looks)


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    # Playwright keeps an event loop in this thread; the tests themselves are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True, scope="session")
def files_kept():
    """As in real life a browser asks once for a file that no page changes, not on every page."""

    def serve_to_keep(handler, request, serve=StaticFilesHandlerMixin.serve):
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", serve_to_keep)
        yield


@pytest.fixture
def visit(chromium, live_server):
    """`visit(user=None, width=1366, **context)` → a Visitor: somebody at a screen of that width."""
    visitors = []

    def begin(user=None, width=1366, **options) -> Visitor:
        size = {"width": width, "height": SIZES.get(width, 800)}
        # What a page asks for is what the test sees; the worker that keeps pages has its own tests.
        usual = {"viewport": size, "locale": "vi-VN", "base_url": live_server.url}
        options = usual | {"service_workers": "block"} | options
        context = chromium.new_context(**options)
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])
        visitors.append(Visitor(context))
        return visitors[-1]

    yield begin
    complaints = [line for visitor in visitors for line in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
