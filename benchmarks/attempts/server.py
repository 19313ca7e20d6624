"""A real server (gunicorn) that is killed with everything that belongs to it, and is back at once.

As a program this is a parent that has imported everything: for each line of JSON on its standard input it forks a
gunicorn into a process group of its own and writes the group's id. The parent itself serves nothing.
"""

import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 30
WORKERS, THREADS = 2, 4
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class Server:
    """A server on a port of this machine that can be killed and started again."""

    def __init__(self, settings: dict[str, str], port: int, fault: str = "") -> None:
        self.port = port
        self._order = json.dumps({"settings": settings, "port": port, "fault": fault})
        self._group = 0

    def start(self, parent: "Parent") -> None:
        """Start, and wait until it listens."""
        self._group = parent.fork(self._order)
        ends = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > ends:
                    raise RuntimeError("The server did not start.") from None
                time.sleep(0.01)

    def kill(self) -> None:
        """kill -9 of the server and all its workers, in the middle of whatever they do."""
        if self._group:
            os.killpg(self._group, signal.SIGKILL)
            self._group = 0


class Parent:
    """The process that forks servers; killed with its server at the end."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.attempts.server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fork(self, order: str) -> int:
        """Fork a server as `order` says and return its process group."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End the parent; its servers must have been killed before."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class _Gunicorn(BaseApplication):
    def __init__(self, app: Flask, port: int) -> None:
        self.app, self.port = app, port
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": "error",
            "keepalive": 30,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def _serve(order: dict[str, Any]) -> None:
    from app import create_app
    from benchmarks.attempts.faults import Fault, plant_in_server

    app = create_app(order["settings"])
    log = os.open(Path(app.instance_path) / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):  # the first is the parent's line to its caller
        os.dup2(log, stream)
    if order["fault"]:
        plant_in_server(app, Fault(order["fault"]))
    _Gunicorn(app, order["port"]).run()


def _die_with_parent() -> None:
    """Let the kernel end the server when the run is killed, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def main() -> None:
    """Fork a server for each line of standard input."""
    import app  # noqa: F401 - imported once here, so that each server starts at once

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who are killed
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os.setpgid(0, 0)
            _die_with_parent()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            _serve(json.loads(line))
            os._exit(1)
        with contextlib.suppress(PermissionError, ProcessLookupError):  # the child was quicker
            os.setpgid(process, process)
        print(process, flush=True)


if __name__ == "__main__":
    main()
