"""One key for one page, and plain words for what is wrong with an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.registers.addresses import KEY_LENGTH, address_faults, address_key

SAME = [
    ("https://voso.vn/banh-pia-123", "voso.vn/banh-pia-123"),
    ("HTTPS://WWW.VoSo.vn/banh-pia-123/", "voso.vn/banh-pia-123"),
    ("http://m.voso.vn/banh-pia-123?utm_source=zalo&utm_medium=x#mo-ta", "voso.vn/banh-pia-123"),
    ("https://voso.vn:443/a?b=2&a=1&fbclid=XyZ", "voso.vn/a?a=1&b=2"),
    ("https://voso.vn/b%C3%A1nh-p%C3%ADa", "voso.vn/b%C3%A1nh-p%C3%ADa"),
    ("https://voso.vn/bánh-pía", "voso.vn/b%C3%A1nh-p%C3%ADa"),
    ("https://shopee.vn/Banh-pia-Soc-Trang-i.123.456?sp_atk=9", "shopee.vn/product/123/456"),
    ("https://shopee.vn/product/123/456/", "shopee.vn/product/123/456"),
    ("https://www.lazada.vn/products/banh-pia-i77-s88.html?spm=1", "lazada.vn/products/i77.html"),
    ("https://tiki.vn/gao-st25-p5566.html?spid=1", "tiki.vn/p5566.html"),
]


@pytest.mark.parametrize(("url", "key"), SAME)
def test_spellings_of_one_page_have_one_key(url, key):
    assert address_key(url) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://shopee.vn/a-i.1.2", "https://shopee.vn/a-i.1.3"),
        ("https://voso.vn/p?id=1", "https://voso.vn/p?id=2"),
        ("https://voso.vn/A", "https://voso.vn/a"),
        ("https://voso.vn/a", "https://postmart.vn/a"),
        ("https://shop-a.sendo.vn/x", "https://shop-b.sendo.vn/x"),
    ],
)
def test_other_pages_have_other_keys(one, other):
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize("text", ["", "không có", "ftp://voso.vn/a", "mailto:a@b.vn", "https://"])
def test_what_is_no_web_address_has_no_key(text):
    assert address_key(text) == ""


hosts = st.from_regex(r"(www\.|m\.)?[a-z]{1,8}(\.[a-z]{2,5}){1,2}", fullmatch=True)
words = st.text(max_size=30)
long_words = st.text(alphabet="aáà%/ ", max_size=700)


@given(hosts, words | long_words, words, words)
def test_a_key_is_its_own_key(host, path, query, fragment):
    key = address_key(f"https://{host}/{path}?{query}#{fragment}")
    assert address_key(key) == key
    assert len(key) <= KEY_LENGTH


@given(st.text(max_size=60))
def test_whatever_is_typed_gets_an_answer(text):
    key = address_key(text)
    assert address_key(key) == key
    assert address_faults(text, "https://voso.vn") or key


@given(hosts, st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True), st.integers(1, 9))
def test_case_front_slash_and_tracking_never_matter(host, path, number):
    key = address_key(f"https://{host}/{path}?id={number}")
    assert address_key(f"HTTP://{host.upper()}/{path}/?utm_campaign=a&id={number}#x") == key


VOSO = "https://voso.vn"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://voso.vn/banh-pia-123", None),
        ("voso.vn/banh-pia-123", None),
        ("https://gian-hang.voso.vn/banh-pia", None),
        ("", "form"),
        ("bánh pía trên vỏ sò", "spaces"),
        ("banhpia", "form"),
        ("ftp://voso.vn/x", "scheme"),
        ("https://voso.vn/banh pia", "spaces"),
        ("https://ten:matkhau@voso.vn/x", "password"),
        ("https://voso/x", "host"),
        ("https://192.168.1.1/x", "host"),
        ("https://vоsо.vn/x", "lookalike"),  # Cyrillic о
        ("https://xn--vs-emcc.vn/x", "lookalike"),
        ("https://voso.vn.khuyen-mai.com/x", "floor"),
        ("https://evilvoso.vn/x", "floor"),
        ("https://shopee.vn/x-i.1.2", "floor"),
        ("https://voso.vn/", "home"),
        ("https://voso.vn/?utm_source=zalo", "home"),
        ("https://voso.vn/search?keyword=banh+pia", "search"),
        ("https://voso.vn/tim-kiem/banh-pia", "search"),
        ("https://voso.vn/san-pham?q=banh", "search"),
    ],
)
def test_each_fault_is_named_once(url, code):
    assert [fault.code for fault in address_faults(url, VOSO)] == ([code] if code else [])


def test_a_floor_without_an_address_takes_any_site():
    assert address_faults("https://cho-que.vn/x-1", "") == []


def test_a_fault_says_what_to_do_in_vietnamese():
    (fault,) = address_faults("https://shopee.vn/x-i.1.2", VOSO)
    assert "shopee.vn" in fault.message
    assert "voso.vn" in fault.message
    assert "Chọn đúng sàn" in fault.message
