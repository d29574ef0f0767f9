"""Keeps the server and the job worker running side by side; small, since it stays in memory.

It loads no Django: it takes the commands, as JSON, from the one that made everything ready.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time

RESTART_AFTER = 2.0  # seconds
FAREWELL = 15.0  # seconds a process is given to end by itself
LOOK_AFTER = 6 * 3600.0  # seconds between two looks at the certificate
RENEWED = 3  # exit code of the command that looks


def die_with_parent() -> None:
    """In a child on Linux: ask for SIGTERM when the parent is gone, even if it was killed."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen:
    # Each thread would keep a pool of freed memory for itself: one for all, given back when large.
    environment = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "262144"} | os.environ
    # In their own group, so that Ctrl+C reaches them once: through us.
    return subprocess.Popen(  # noqa: S603
        command,
        env=environment,
        preexec_fn=die_with_parent,
        process_group=0,
        stdin=subprocess.DEVNULL,
    )


class Supervisor:
    """Runs the commands side by side; the first is the main one, the others are restarted."""

    def __init__(self, main: list[str], *others: list[str], look: list[str] | None = None):
        self.commands = (main, *others)
        self.look, self.looked_at = look, time.monotonic()
        self.stopping = False

    def stop(self, *_signal) -> None:
        self.stopping = True

    def run(self) -> int:
        """Returns the main command's exit code; 0 when we were asked to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        running = [start(command) for command in self.commands]
        while not self.stopping and running[0].poll() is None:
            time.sleep(0.2)
            self.renew(running[0])
            for index, process in enumerate(running[1:], start=1):
                if process.poll() is not None and not self.stopping:
                    time.sleep(RESTART_AFTER)
                    running[index] = start(self.commands[index])
        self.end(running)
        return 0 if self.stopping else running[0].returncode

    def renew(self, main: subprocess.Popen) -> None:
        """Now and then lets the certificate be looked at; a new one is read by new workers."""
        if not self.look or time.monotonic() - self.looked_at < LOOK_AFTER:
            return
        self.looked_at = time.monotonic()
        if subprocess.run(self.look).returncode == RENEWED:  # noqa: S603
            main.send_signal(signal.SIGHUP)

    def end(self, running: list[subprocess.Popen]) -> None:
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            try:
                process.wait(FAREWELL)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    sys.exit(Supervisor(*given["commands"], look=given["look"]).run())
