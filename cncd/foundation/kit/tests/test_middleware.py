"""What every response says about loading and language."""

from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from cncd.foundation.kit.middleware import ChosenLanguage, ContentSecurity, PlainAddresses


def answer(request):
    return HttpResponse(get_language())


def test_pages_may_load_and_run_only_what_comes_from_here():
    policy = ContentSecurity(answer)(RequestFactory().get("/")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_nul_is_taken_out_of_what_is_asked_and_stands_in_no_path():
    seen = []
    plain = PlainAddresses(lambda request: seen.append(request.GET.dict()))
    plain(RequestFactory().get("/", {"q": "dịch\x00 vụ", "k": "\x00"}))
    assert seen == [{"q": "dịch vụ", "k": ""}]
    with pytest.raises(Http404):
        plain.process_view(RequestFactory().get("/products/a%00b/"), answer, (), {})


def test_a_page_may_bring_its_own_policy():
    def own(request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    response = ContentSecurity(own)(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("cookie", "account", "spoken"),
    [
        (None, None, "vi"),
        (None, "en", "en"),
        ("vi", "en", "vi"),
        ("en", "vi", "en"),
        ("xx", None, "vi"),
    ],
)
def test_the_browser_choice_goes_before_the_account_and_vietnamese_is_the_default(
    cookie, account, spoken
):
    request = RequestFactory().get("/", headers={"accept-language": "en"})
    request.user = SimpleNamespace(language=account) if account else SimpleNamespace()
    if cookie:
        request.COOKIES["django_language"] = cookie
    response = ChosenLanguage(answer)(request)
    assert response.content.decode() == response.headers["Content-Language"] == spoken
