"""What is true of PINs, networks and browsers without a database or a clock."""

import ipaddress
import re

PIN = re.compile(r"\d{4,6}")
MOST_WRONG = 5
YEAR = re.compile(r"(?:19|20)\d\d")
RUNS = ("01234567890", "09876543210")
# Sign in what a browser says of itself → whose phone it is.
MAKERS = (
    ("Samsung", r"\bSM-|SAMSUNG"),
    ("Xiaomi", r"Redmi|Xiaomi|POCO|\bM2\d{3}"),
    ("OPPO", r"\bCPH\d|OPPO"),
    ("realme", r"\bRMX\d|realme"),
    ("vivo", r"\bvivo\b|\bV2\d{3}"),
    ("Nokia", r"Nokia"),
    ("Huawei", r"HUAWEI|\bHONOR\b"),
    ("Google", r"\bPixel\b"),
    ("VinSmart", r"Vsmart"),
)
BROWSERS = (
    ("Zalo", r"Zalo"),
    ("Facebook", r"FBAN|FBAV"),
    ("Cốc Cốc", r"coc_coc_browser"),
    ("Samsung Internet", r"SamsungBrowser"),
    ("Opera", r"OPR/"),
    ("Edge", r"Edg"),
    ("Firefox", r"Firefox|FxiOS"),
    ("Chrome", r"Chrome|CriOS"),
    ("Safari", r"Safari"),
)


def is_weak(pin: str, *phones: str) -> bool:
    """Whether a PIN is among the first that a finder of the phone would try.

    One digit or one pair repeated, a run (1234, 9876), a year, a half said twice (123123), the end
    of one's own phone number.
    """
    repeated = any(
        pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3) if len(pin) % size == 0
    )
    run = any(pin in each for each in RUNS)
    own = any(phone.endswith(pin) for phone in phones if phone)
    return repeated or run or own or bool(YEAR.fullmatch(pin))


def network(address: str) -> str:
    """The network an address belongs to (/24, /48 of IPv6): what is kept of where a device was."""
    found = ipaddress.ip_address(address)
    size = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, size), strict=False).network_address)


def maker(text: str) -> str:
    """Whose phone it is, from a model or what the browser says of itself; may be empty."""
    return _first(MAKERS, text)


def browser(user_agent: str) -> str:
    """The browser, or the app whose own window shows the page; may be empty."""
    return _first(BROWSERS, user_agent)


def _first(table, text: str) -> str:
    return next((name for name, sign in table if re.search(sign, text)), "")
