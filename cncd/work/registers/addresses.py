"""Addresses of products and storefronts: one key for one page, and what is wrong with an address.

Nothing here calls out: an address is judged by how it is written.
"""

import hashlib
import ipaddress
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.text import nfc

KEY_LENGTH = 500  # what the address_key columns hold
PORTS = {"http": 80, "https": 443}
FRONTS = ("www.", "m.", "mobile.", "amp.")
# What shops and networks append to know where a visitor came from; it never says which product.
TRACKING = re.compile(
    r"utm_.*|(?:fb|g|dc|msclk|tt|gbra|wbra)(?:cl)?id|ref|referr(?:er|al)|from|source|shared?_?.*"
    r"|_g[al]|spm|scm|pvid|clickid|click_id|aff_?.*|mkt_?.*|campaign.*|sp_atk|xptdk|is_from_.*"
    r"|is_copy_url|sender_.*|u_code|_[rtd]|timestamp|track(?:ing)?_?.*|laz_.*|mmp_pid|smtt"
)
# On these floors an item has a number; the words before it change with the seller's wording.
NUMBERED = {
    "shopee.vn": (re.compile(r"(?:.*-|/)i\.(\d+)\.(\d+)|/product/(\d+)/(\d+)"), "/product/{}/{}"),
    "lazada.vn": (re.compile(r"/products/(?:.*-)?i(\d+)(?:-s\d+)?\.html"), "/products/i{}.html"),
    "tiki.vn": (re.compile(r"/(?:.*-)?p(\d+)\.html"), "/p{}.html"),
}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
BARE = re.compile(r"[^\s/?#@:]+\.[^\s/?#@:]+(?::\d+)?(?:[/?#]|$)")
HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
SEARCHING = re.compile(
    r"/(?:search.*|tim-?kiem|tim|catalogsearch|catalog|tags?|hashtag|danh-muc)(?:/|$)"
)
ASKING = {"q", "query", "keyword", "search", "tukhoa", "tu-khoa", "kw"}


class AddressFault(NamedTuple):
    """What is wrong with an address, and what to do."""

    code: str
    message: str


FAULTS = {
    "form": _("This is not a web address. Open the page on the floor and copy its whole address."),
    "scheme": _("The address begins with %(scheme)s, not with https://. Copy the address of the "
                "page from a browser."),
    "spaces": _("There is a space inside the address. Copy it again, without words around it."),
    "password": _("There is a sign-in name inside the address. Copy the address of the page only."),
    "host": _("“%(host)s” is no name of a site. Copy the address of the page from a browser."),
    "lookalike": _("“%(host)s” has letters that only look like the usual ones: it may be a forged "
                   "site. Open the floor yourself and copy the address there."),
    "floor": _("This address is at %(host)s, not at %(floor)s. Choose the right floor, or copy the "
               "address of the page on %(floor)s."),
    "search": _("This is a search page, which shows other things tomorrow. Open the product "
                "itself and copy the address of its page."),
    "home": _("This is the floor's first page. Open the product itself and copy the address of "
              "its page."),
}  # fmt: skip


def address_key(url: str) -> str:
    """One key for the spellings of one page: case of the host, "www.", "m.", tracking, order.

    "" for what is no web address. A key is an address without its scheme, and its own key.
    """
    parts = _parts(url)
    if parts is None:
        return ""
    host, path = _host(parts), _path(parts)
    pattern, shape = NUMBERED.get(host, (None, ""))
    if pattern and (found := pattern.fullmatch(path)):
        return host + shape.format(*filter(None, found.groups()))
    asked = _asked(parts)
    key = f"{host}{path}{'?' if asked else ''}{urlencode(asked)}"
    if len(key) > KEY_LENGTH:
        return f"{host}/~{hashlib.sha256(key.encode()).hexdigest()}"
    return key


def address_faults(
    url: str, floor_address: str = "", *, is_shop: bool = False
) -> list[AddressFault]:
    """What keeps an address from being that of a product (or storefront) on the floor.

    `floor_address` is the floor's own in the catalogue, "" where it has none. One fault of the
    site at a time: what it shows matters only once it is the right one.
    """
    text = nfc(url).strip()
    if SCHEME.match(text) and text[: text.index(":")].lower() not in PORTS:
        return [_fault("scheme", scheme=text[: text.index(":") + 3])]
    if re.search(r"\s", text):
        return [_fault("spaces")]
    parts = _parts(text)
    if parts is None:
        return [_fault("form")]
    return _faults_of_host(parts, floor_address) or _faults_of_page(parts, is_shop)


def _fault(code: str, **words) -> AddressFault:
    return AddressFault(code, FAULTS[code] % words if words else str(FAULTS[code]))


def _faults_of_host(parts, floor_address: str) -> list[AddressFault]:
    if "@" in parts.netloc:
        return [_fault("password")]
    host, wanted = parts.hostname, site_of(floor_address)
    if not host.isascii() or any(label.startswith("xn--") for label in host.split(".")):
        return [_fault("lookalike", host=host)]
    if not HOST.fullmatch(host) or _is_number(host):
        return [_fault("host", host=host)]
    if wanted and host != wanted and not host.endswith(f".{wanted}"):
        return [_fault("floor", host=host, floor=wanted)]
    return []


def _faults_of_page(parts, is_shop: bool) -> list[AddressFault]:
    asked = {name.lower() for name, _value in _asked(parts)}
    if SEARCHING.match(parts.path.lower()) or (asked & ASKING and not is_shop):
        return [_fault("search")]
    if not _path(parts) and not asked:
        return [_fault("home")]
    return []


def site_of(url: str) -> str:
    """The host of an address without "www." and the like; "" for none."""
    parts = _parts(url)
    return _host(parts) if parts else ""


def _parts(url: str):
    """The parts of a web address, written with its scheme or without; None when it is none."""
    text = nfc(url).strip()
    if not SCHEME.match(text):
        if not BARE.match(text):
            return None
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        return parts if parts.scheme in PORTS and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _host(parts) -> str:
    """The host without what only tells the kind of screen; a port of its own stays."""
    host = nfc(parts.hostname).rstrip(".")
    while front := next((f for f in FRONTS if host.startswith(f) and host.count(".") > 1), ""):
        host = host.removeprefix(front)
    return host if parts.port in (None, *PORTS.values()) else f"{host}:{parts.port}"


def _path(parts) -> str:
    plain = quote(nfc(unquote(parts.path)), safe="/:@!$&'()*+,;=~-._")
    return re.sub(r"/{2,}", "/", plain).rstrip("/")


def _asked(parts) -> list[tuple[str, str]]:
    """What the address asks for, without tracking, in one order."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return sorted((nfc(n), nfc(v)) for n, v in pairs if not TRACKING.fullmatch(n.lower()))


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
