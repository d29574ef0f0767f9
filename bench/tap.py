"""A tap on the line to a server of this machine: counts the bytes that come back."""

import socket
import threading
import time


class Tap:
    """Listens on a port of its own and passes everything on, as long as the block lasts."""

    def __init__(self, port: int):
        self.target, self.received, self.last = port, 0, time.monotonic()
        self.ear = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.ear.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.ear.close()

    def silence(self) -> float:
        """Seconds since the last byte."""
        return time.monotonic() - self.last

    def _listen(self) -> None:
        while True:
            try:
                here, _address = self.ear.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self.target))
            for source, goal, counts in ((here, there, False), (there, here, True)):
                pump = (source, goal, counts)
                threading.Thread(target=self._pump, args=pump, daemon=True).start()

    def _pump(self, source, goal, counts: bool) -> None:
        try:
            while data := source.recv(65_536):
                self.received += len(data) if counts else 0
                self.last = time.monotonic()
                goal.sendall(data)
        except OSError:
            pass
        for end in (source, goal):
            end.close()
