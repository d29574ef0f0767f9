"""A mail server and a push service in a process of their own, so that they take no turn of ours.

python -m bench.receivers    prints their two ports, and serves until it is ended
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cncd.faces.notices.tests.mailroom import Mailroom


class Taken(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


class Service(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    service = Service(("127.0.0.1", 0), Taken)
    with Mailroom() as room:
        threading.Thread(target=service.serve_forever, daemon=True).start()
        print(room.port, service.server_port, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
