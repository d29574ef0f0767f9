"""Wherever one is, a tab of the desk says so."""

import pytest
from django.urls import get_resolver, reverse

from cncd.faces.desk.navigation import parts, tabs

pytestmark = pytest.mark.django_db
# First words of addresses that are no tab's: one's own account, the frame, files, the phone.
NOBODYS = {""} | set(
    "account calendar envelopes files in install-certificate language".split()
    + "m notices preferences scope search vb worker.js".split()
)


@pytest.fixture
def here(rf):
    def find(user, path) -> list[str]:
        request = rf.get(path)
        request.user = user
        return [str(tab.label) for tab in tabs(request) if tab.is_here]

    return find


def first_words(patterns=None, before="") -> set[str]:
    """The first word of every address there is."""
    found = set()
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if "/" not in route and hasattr(each, "url_patterns"):
            found |= first_words(each.url_patterns, route)
        else:
            found.add(route.partition("/")[0])
    return found


def test_every_page_belongs_under_a_tab(cast, here):
    lost = [word for word in sorted(first_words() - NOBODYS) if not here(cast.ha, f"/{word}/x/")]
    assert not lost, "give these to a tab in cncd/faces/desk/navigation.py"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/reports/7/", "Báo cáo"),
        ("/reports/entry/", "Báo cáo"),
        ("/totals/unit/", "Báo cáo"),
        ("/desk/grid/", "Báo cáo"),
        ("/agencies/", "Quản lý"),
        ("/documents/3/", "Văn bản"),
        ("/directives/3/", "Chỉ đạo"),
        ("/difficulties/3/", "Chỉ đạo"),
        ("/targets/5/", "Quản lý"),
        ("/pilots/5/", "Kết quả"),
        ("/desk/brief/", "Tổng quan"),
        ("/desk/inbox/", "Cần xử lý"),
    ],
)
def test_the_nearest_tab_is_marked(cast, here, path, label):
    assert here(cast.ha, path) == [label]


def test_below_the_tab_stand_the_pages_of_its_part_with_the_nearest_one_marked(cast, rf):
    def of(user, path):
        request = rf.get(path)
        request.user = user
        return [(str(part.label), part.is_here) for part in parts(request)]

    found = of(cast.lan, "/directives/campaigns/3/")
    assert ("Chiến dịch", True) in found
    assert [label for label, is_here in found if is_here] == ["Chiến dịch"]
    assert ("Văn bản viện dẫn", True) in of(cast.lan, "/documents/3/")
    assert "Đôn đốc" not in dict(of(cast.xem, "/directives/"))
    assert of(cast.lan, "/teams/") == []


def test_no_tab_is_marked_on_pages_that_are_nobodys(cast, here):
    assert here(cast.ha, "/account/") == []


def test_whoever_holds_a_document_finds_from_the_door_where_to_check_it(client):
    find = reverse("paperwork:find")
    assert f'href="{find}"' in client.get(reverse("account_login")).content.decode()
    assert f'href="{find}"' not in client.get(find).content.decode()


def test_only_who_may_trust_an_authority_has_a_tab_for_them(cast, rf):
    request = rf.get(reverse("paperwork:roots"))
    request.user = cast.lan
    assert request.path not in [part.address for part in parts(request)]
    request.user = cast.quan_tri
    assert [part.address for part in parts(request) if part.is_here] == [request.path]
