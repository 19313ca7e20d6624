"""A private PostgreSQL server for the tests: found, started in a temporary folder, gone at the end."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.support.ports import free_port

MISSING = "PostgreSQL is not installed: the tests need its server programs (Debian: apt-get install postgresql)."
PREFIX = "sharpshooter-postgresql-"
SECONDS_TO_START = 60
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "timezone": "Pacific/Chatham",  # an odd one on purpose: nothing may depend on the server's time zone
}


class PostgresMissingError(RuntimeError):
    """No server program was found; the message says what to install."""


def programs() -> Path:
    """The folder that holds initdb and postgres. Raises PostgresMissingError."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise PostgresMissingError(MISSING)


class Cluster:
    """One running server. `address` is its SQLAlchemy address without a database."""

    def __init__(self) -> None:
        self._programs = programs()
        self._user = _unprivileged_user()
        _remove_left_behind()
        self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
        if self._user is not None:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        self._port = free_port()
        self._initialise()
        self._server = self._start()
        self.address = f"postgresql://sharpshooter@127.0.0.1:{self._port}"

    def stop(self) -> None:
        """Stop at once and remove every file."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _initialise(self) -> None:
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "sharpshooter", "-A", "trust"]
        command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        done = subprocess.run(command, capture_output=True, text=True, **self._as_user())
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed: {done.stderr or done.stdout}")

    def _start(self) -> subprocess.Popen[bytes]:
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-p", str(self._port)]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with self._log.open("wb") as log:
            server = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, preexec_fn=_die_with_parent, **self._as_user()
            )
        self._wait_for(server)
        return server

    def _wait_for(self, server: subprocess.Popen[bytes]) -> None:
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port)]
        ends = time.monotonic() + SECONDS_TO_START
        while subprocess.run(ready).returncode != 0:
            if server.poll() is not None or time.monotonic() > ends:
                server.kill()
                raise RuntimeError(f"PostgreSQL did not start: {self._log.read_text(errors='replace')}")
            time.sleep(0.05)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {"cwd": self._folder}
        groups = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        return {"cwd": self._folder, **groups}


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom the server runs as, since it refuses root; None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL refuses to run as root, and there is no user named postgres or nobody.")


def _remove_left_behind() -> None:
    """Remove the folders of servers whose test process was killed an hour ago or earlier."""
    for folder in Path("/tmp").glob(f"{PREFIX}*"):
        still_there = folder / "data" / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            if folder.stat().st_mtime < time.time() - 3600 and not _runs(int(still_there.read_text().split()[0])):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def _die_with_parent() -> None:
    """Let the kernel end the server when the test process is killed, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGQUIT)
