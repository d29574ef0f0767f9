"""What settings ask of the machine: where data lives, the secret key, the database address."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from cncd.foundation.kit.kept_key import kept_key

CHECKOUT = Path(__file__).resolve().parents[2]
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def data_directory() -> Path:
    """The folder for database, uploads, key and static files; created on first use."""
    if chosen := os.environ.get("CNCD_DATA"):
        folder = Path(chosen).expanduser().absolute()
    elif (CHECKOUT / "pyproject.toml").is_file():
        folder = CHECKOUT / "var"
    else:
        folder = Path.home() / ".local" / "share" / "cncd"
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    return folder


def secret_key(folder: Path) -> str:
    """The signing key kept in `folder`, readable by its owner only; made once."""
    return kept_key(folder / "secret-key", lambda: secrets.token_urlsafe(50))


def local_authority(folder: Path) -> Path:
    """The certificate that phones of the office are to trust, made by `cncd serve --tls`."""
    return folder / "tls" / "ca.crt"


# Our questions are short and our disks are no tapes: compiling a plan costs more than it saves.
PLANNING = "-c jit=off -c random_page_cost=1.1"


def database(address: str, folder: Path) -> dict:
    """Django's database settings for `address` (postgres://…), or SQLite in `folder`."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "db.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                "PRAGMA cache_size=-2000;PRAGMA temp_store=MEMORY;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must look like postgres://user:password@host:5432/name")
    options = {"options": PLANNING} | dict(parse_qsl(parts.query))
    if os.environ.get("CNCD_DB_POOL", "1") != "0":
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def local_origin() -> str:
    """Where this machine itself finds the pages, as long as no public address is named."""
    return f"http://localhost:{os.environ.get('CNCD_PORT', '8000')}"


def origins() -> list[str]:
    """The public addresses (CNCD_ORIGINS, comma-separated); none means loopback only."""
    chosen = os.environ.get("CNCD_ORIGINS", "")
    return [origin.strip().rstrip("/") for origin in chosen.split(",") if origin.strip()]
