"""A mail server and a chat service on this machine, and what came to them."""

import asyncio
import email
import json
import re
import socket
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from aiosmtpd.smtp import SMTP


class Mailroom:
    """A real SMTP server; `refuses` holds what it answers to a recipient."""

    def __init__(self):
        self.letters, self.refuses, self.lines = [], {}, 0
        self.loop, self.ready = asyncio.new_event_loop(), Event()
        self.thread = Thread(target=self._serve, daemon=True)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=default)
        self.raw = envelope.content
        self.letters.append((envelope.rcpt_tos[0], message))
        return "250 taken"

    def _made(self):
        self.lines += 1
        return SMTP(self, hostname="mail.test", loop=self.loop, enable_SMTPUTF8=True)

    def _serve(self):
        asyncio.set_event_loop(self.loop)
        made = self.loop.create_server(self._made, "127.0.0.1", 0)
        self.server = self.loop.run_until_complete(made)
        self.port = self.server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(5)
        return self

    def __exit__(self, *_error):
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    async def _close(self):
        self.server.close()
        others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def to(self, address: str) -> list:
        return [message for reader, message in self.letters if reader == address]

    def code(self, address: str) -> str:
        return re.search(r"\b\d{6}\b", self.to(address)[-1]["Subject"])[0]


class Chat(ThreadingHTTPServer):
    """Whatever Apprise's json:// calls; answers 200 unless a test says otherwise."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Heard)
        self.heard, self.answer = [], 200
        self.host = f"127.0.0.1:{self.server_port}"
        self.thread = Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
        self.thread.join(5)


class _Heard(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, json.loads(body)))
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
