"""A browser of the standard library: keeps cookies, reads the forms of a page, sends them back.

It knocks at one of two doors: the WSGI application in this process, or a port of this machine.
"""

import http.client
import io
import json
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

HOST = "localhost"
URLENCODED = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back, and how long the door took: seconds of the clock and of this process."""

    status: int
    text: str
    location: str
    seconds: float
    cpu: float

    @property
    def is_done(self) -> bool:
        """A form that was taken leads on; one that was refused is shown again."""
        return self.status == 302


@dataclass
class Form:
    """A form as a browser would send it; `choices` are the fields chosen from a list."""

    name: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """Finds the forms of a page and what their fields hold."""

    def __init__(self, text: str):
        super().__init__()
        self.forms: list[Form] = []
        self.inside, self.select, self.area = False, "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("id", ""), said.get("action", "")))
            self.inside = True
        elif self.inside and tag in ("input", "select", "textarea", "option"):
            getattr(self, f"_{tag}")(said)

    def handle_data(self, data):
        if self.area:
            self._keep(self.area, data.strip())

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag in ("select", "textarea"):
            first = self.forms[-1].choices.get(self.select) if self.inside else None
            if first and self.select not in self.forms[-1].fields:
                self._keep(self.select, first[0])
            self.select, self.area = "", None

    def _input(self, said: dict) -> None:
        kind = said.get("type", "text")
        if kind in ("submit", "button", "file", "image") or not said.get("name"):
            return
        if kind in ("checkbox", "radio") and "checked" not in said:
            return
        self._keep(said["name"], said.get("value", "on" if kind == "checkbox" else ""))

    def _select(self, said: dict) -> None:
        self.select = said.get("name", "")
        self.forms[-1].choices[self.select] = []

    def _option(self, said: dict) -> None:
        value = said.get("value", "")
        self.forms[-1].choices.setdefault(self.select, []).append(value)
        if "selected" in said:
            self._keep(self.select, value)

    def _textarea(self, said: dict) -> None:
        self.area = said.get("name", "")
        self._keep(self.area, "")

    def _keep(self, name: str, value: str) -> None:
        held = self.forms[-1].fields.setdefault(name, [])
        if held == [""]:
            held.clear()
        held.append(value)


def form_with(text: str, name: str) -> Form:
    """The page's form that holds the field."""
    found = next((form for form in Reader(text).forms if name in form.fields), None)
    if found is None:
        raise LookupError(f"No form with the field {name} in: {text[:2000]}")
    return found


class Browser:
    """One person's browser; `door(method, path, headers, body)` gives status, headers, text."""

    def __init__(self, door):
        self.door, self.cookies = door, {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"")

    def post(self, path: str, fields: dict[str, list[str]]) -> Answer:
        """Sends the fields; the token against forgery is the cookie's own."""
        whole = fields | {"csrfmiddlewaretoken": [self.cookies["csrftoken"]]}
        return self._ask("POST", path, urlencode(whole, doseq=True).encode())

    def upload(self, path: str, fields: dict[str, str], file: bytes) -> Answer:
        """Sends the fields and a file, as a form with an upload does."""
        edge, lines = "edge-of-a-part", []
        for name, value in (fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}).items():
            lines += [f"--{edge}", f'Content-Disposition: form-data; name="{name}"', "", value]
        lines += [f"--{edge}", 'Content-Disposition: form-data; name="file"; filename="a.xlsx"']
        body = "\r\n".join([*lines, "", ""]).encode() + file + f"\r\n--{edge}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def outbox(self, envelopes: list[dict]) -> Answer:
        """Sends a list of envelopes, as the phone's outbox does."""
        body = json.dumps({"sent_at": round(1000 * time.time()), "envelopes": envelopes})
        return self._ask("POST", "/envelopes/", body.encode(), "application/json")

    def sign_in(self, login: str, password: str) -> None:
        """Through the sign-in page, as people do."""
        form = form_with(self.get("/account/login/").text, "login")
        said = form.fields | {"login": [login], "password": [password]}
        answer = self.post("/account/login/", said)
        if not answer.is_done:
            raise PermissionError(f"{login} could not sign in: {answer.status}")

    def _ask(self, method: str, path: str, body: bytes, kind: str = URLENCODED) -> Answer:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body:
            headers |= {"Content-Type": kind, "X-Outbox": "1"}
        clock, cpu = time.perf_counter(), time.process_time()
        status, said, text = self.door(method, path, headers, body)
        seconds, cpu = time.perf_counter() - clock, time.process_time() - cpu
        for name, value in said:
            if name.lower() == "set-cookie":
                self.cookies |= {key: m.value for key, m in SimpleCookie(value).items()}
        location = dict((name.lower(), value) for name, value in said).get("location", "")
        return Answer(status, text.decode(), location, seconds, cpu)


def in_process(application):
    """The door to a WSGI application in this very process: no network, no other program."""

    def door(method, path, headers, body):
        parts, said = urlsplit(path), []
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": headers["Cookie"],
            "HTTP_X_OUTBOX": headers.get("X-Outbox", ""),
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        answer = application(environ, lambda status, rows: said.append((status, rows)))
        text = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        status, rows = said[0]
        return int(status.split()[0]), rows, text

    return door


def on_port(port: int):
    """The door of a server on this machine; one kept connection, as a browser has."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def door(method, path, headers, body):
        headers = headers | {"Host": f"{HOST}:{port}"}
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
        except (ConnectionError, http.client.HTTPException):
            line.close()
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
        return answer.status, answer.getheaders(), answer.read()

    return door
