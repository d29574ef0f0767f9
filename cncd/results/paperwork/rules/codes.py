"""The short code that leads from paper to the page that confirms it."""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another: 0 O, 1 I L, U V
LENGTH = 8  # 30^8: guessing finds nothing


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """K7M4P2QX → K7M4-P2QX."""
    return f"{code[:4]}-{code[4:]}"


def read(typed: str) -> str:
    """The code as somebody typed it; empty when it cannot be one."""
    plain = re.sub(r"[^A-Z0-9]", "", typed.upper())
    return plain if len(plain) == LENGTH and set(plain) <= set(LETTERS) else ""
