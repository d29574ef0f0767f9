"""One e-mail by the SMTP server of the settings, on a line kept open from letter to letter."""

import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from queue import Empty, LifoQueue

from django.conf import settings
from django.utils import timezone

from cncd.faces.notices.rules import masked_mailbox
from cncd.faces.notices.sending.answers import Answer

PATIENCE = 10  # seconds for the server to answer
NO_SUCH_MAILBOX = (550, 551, 553, 556)
_idle: LifoQueue[smtplib.SMTP] = LifoQueue()


@dataclass(frozen=True)
class Letter:
    """All that is needed to write to one mailbox."""

    to: str
    subject: str
    plain: str
    html: str
    id: str  # the same at every try, so that a mailbox shows it once
    stop: str = ""  # address that ends these letters


class Whole(EmailPolicy):
    """Headers with an address stay in one piece: folded, it would be encoded and lead nowhere."""

    def fold_binary(self, name, value):
        if name.startswith("List-"):
            return f"{name}: {value}{self.linesep}".encode()
        return super().fold_binary(name, value)


class NoServer(Exception):
    """`CNCD_SMTP` is not set, so nothing can be written."""


def service_of(letter: Letter) -> str:
    return settings.MAIL.host if settings.MAIL else ""


def send(letter: Letter) -> Answer:
    """Hands one letter over; never raises. A line that was cut meanwhile is opened again."""
    if not letter.to:
        return Answer(None, "the address cannot be read any more", is_gone=True)
    line = None
    try:
        line = _sent(letter, _idle_line())
        return Answer(250, is_sent=True)
    except smtplib.SMTPRecipientsRefused as error:
        code, told = next(iter(error.recipients.values()))
        told = _plain(told).replace(letter.to, masked_mailbox(letter.to))
        return Answer(code, told, is_gone=code in NO_SUCH_MAILBOX)
    except smtplib.SMTPResponseException as error:
        return Answer(error.smtp_code, _plain(error.smtp_error))
    except (OSError, smtplib.SMTPException, NoServer) as error:
        return Answer(None, str(error)[:200] or type(error).__name__)
    finally:
        if line is not None:
            _idle.put(line)


def _sent(letter: Letter, line: smtplib.SMTP | None) -> smtplib.SMTP:
    """Sends it on the line, or on a fresh one; returns the line, which is closed on an error."""
    message = written(letter)
    if line is not None:
        with suppress(smtplib.SMTPServerDisconnected, ConnectionError), _closing(line):
            line.send_message(message)
            return line
    line = _opened()
    with _closing(line):
        line.send_message(message)
    return line


@contextmanager
def _closing(line: smtplib.SMTP):
    try:
        yield
    except BaseException:
        line.close()
        raise


def written(letter: Letter) -> EmailMessage:
    """As it travels: plain text, and the same as HTML."""
    message, mail = EmailMessage(Whole()), settings.MAIL
    if mail is None:
        raise NoServer("CNCD_SMTP is not set")
    message["Subject"] = " ".join(letter.subject.split())
    message["From"] = Address(mail.name, addr_spec=mail.sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Date"] = format_datetime(timezone.now())
    message["Message-ID"] = f"<{letter.id}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.plain)
    message.add_alternative(letter.html, subtype="html")
    return message


def _idle_line() -> smtplib.SMTP | None:
    with suppress(Empty):
        return _idle.get_nowait()
    return None


def _opened() -> smtplib.SMTP:
    mail = settings.MAIL
    safe = ssl.create_default_context()
    if mail.security == "tls":
        line = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=safe)
    else:
        line = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    with _closing(line):
        if mail.security == "starttls":
            line.starttls(context=safe)
        if mail.user:
            line.login(mail.user, mail.password)
    return line


def hang_up() -> None:
    """Ends the lines nobody writes on."""
    while (line := _idle_line()) is not None:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()


def _plain(told: bytes | str) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return " ".join(text.replace("\0", "").split())[:200]
