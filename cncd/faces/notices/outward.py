"""Where messages may go: the mail server and the services, as the environment names them."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

# Services whose hosts are their own; Apprise knows many more, to be named in CNCD_SERVICES.
SERVICES = ["zalo", "tgram", "viber", "line", "whatsapp", "discord", "slack", "gchat", "webex"]
SERVICES += ["lark", "pover"]
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
SECURITY = {"smtp": "starttls", "smtps": "tls", "smtp+plain": ""}


@dataclass(frozen=True)
class MailServer:
    """Who carries our letters, and in whose name they are written."""

    host: str
    port: int
    security: str  # "starttls", "tls", or "" inside an office's own network
    user: str
    password: str = field(repr=False)
    sender: str = ""
    name: str = "CNCĐ"


def mail_server(address: str) -> MailServer | None:
    """From smtp://user:password@host:587?from=cncd@example.vn&name=CNCĐ; None when there is none.

    smtp: STARTTLS is demanded; smtps: TLS from the start; smtp+plain: neither.
    """
    if not address:
        return None
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    user = unquote(parts.username or "")
    sender = asked.get("from") or user
    if parts.scheme not in PORTS or not parts.hostname or "@" not in sender:
        raise ValueError(
            "CNCD_SMTP must look like smtp://user:password@host:587?from=cncd@example.vn"
        )
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        security=SECURITY[parts.scheme],
        user=user,
        password=unquote(parts.password or ""),
        sender=sender,
        name=asked.get("name", "CNCĐ"),
    )


def services(named: str) -> list[str]:
    """What an Apprise address may begin with: the services above, or those named instead.

    A name alone ("tgram") is a service with hosts of its own; one that calls any host is named
    with the only host it may call ("json://127.0.0.1:9999").
    """
    return [each for each in named.replace(",", " ").split()] or SERVICES
