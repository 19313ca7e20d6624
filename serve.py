"""Everything with one command, for `make run`: database, first data, web server and worker.

    python serve.py [--port 5000] [--data FOLDER]

Settings come from the environment (config.py). What is missing is made in the instance folder: a secret, the database,
and the demo company or the community in FOLDER. Ctrl-C stops all.
"""

import argparse
import multiprocessing
import multiprocessing.connection
import os
import re
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import FrameType

import flask_migrate
from flask import Flask
from gunicorn.app.wsgiapp import WSGIApplication

from app import create_app
from config import SECRET_FILE, SettingError
from db import db
from jobs.terminal import TerminalBar
from jobs.worker import Worker
from people.settings.company_settings import company_settings
from samples.load import load_if_empty
from samples.loading import LoadError

ROOT = Path(__file__).parent
FORK = multiprocessing.get_context("fork")  # what is loaded once is shared by all processes
SECONDS_TO_STOP = 15
SECONDS_TO_ANSWER = 60


class StartError(Exception):
    """It cannot start; the message says why and what to do."""


def main() -> int:
    """Start, wait, stop. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Start Sharpshooter.")
    parser.add_argument("--port", type=int, default=5000, help="on which port of this machine (default 5000)")
    parser.add_argument(
        "--data", type=Path, help="a folder with people, activity and outcomes; default: the demo company"
    )
    arguments = parser.parse_args()
    try:
        check_port(arguments.port)
        environment = prepare_environment(os.environ, arguments.port, arguments.data)
        os.environ.update(environment)
        sign_ins = prepare_data(create_app(), arguments.data)
        return serve(arguments.port, sign_ins)
    except (StartError, SettingError, LoadError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        return 130


def check_port(port: int) -> None:
    """Raise StartError if somebody listens on `port` already."""
    if not 1 <= port <= 65535:
        raise StartError(f"There is no port {port}: choose one from 1024 to 65535, as in `make run PORT=5001`.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except PermissionError:
            raise StartError(
                f"Port {port} is kept for the system: choose another, as in `make run PORT=5001`."
            ) from None
        except OSError:
            raise StartError(
                f"Port {port} is taken: something runs there already. "
                f"Stop it, or choose another port, as in `make run PORT={port % 65535 + 1}`."
            ) from None


def prepare_environment(given: Mapping[str, str], port: int, data: Path | None) -> dict[str, str]:
    """The settings that are missing in `given`: where the instance lies, its secret, its address."""
    if data is not None and not data.is_dir():
        raise StartError(f"There is no folder {data}.")
    folder = Path(given.get("INSTANCE_DIR") or ROOT / "instance" / _instance_name(data))
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"INSTANCE_DIR": str(folder), "PUBLIC_URL": given.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"}
    if not given.get("SECRET_KEY"):
        make_secret(folder / SECRET_FILE)
    return environment


def _instance_name(data: Path | None) -> str:
    """Each community has an instance of its own, so that one never lands in another's database."""
    if data is None:
        return ""
    return re.sub(r"[^a-z0-9_-]+", "-", data.resolve().name.lower()).strip("-") or "data"


def make_secret(file: Path) -> None:
    """Make the secret of this instance at its first start, readable by its owner alone."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))


def prepare_data(app: Flask, data: Path | None) -> str:
    """Bring the database up to date and fill an empty one; returns how to sign in, in lines of text."""
    with app.app_context():
        flask_migrate.upgrade()
    load_if_empty(app, data, TerminalBar)
    with app.app_context():
        settings = company_settings()
        db.engine.dispose()
    lines = [line.partition("=") for line in settings.get("demo_sign_ins", "").splitlines()]
    shown = "".join(f"    {role:<18} {email}\n" for role, _, email in lines)
    return f"  Sign in with the password {settings['demo_password']} as\n{shown}" if shown else ""


def serve(port: int, sign_ins: str) -> int:
    """Run the web server and the worker until Ctrl-C or until one of them ends; returns the exit code."""
    for one in (signal.SIGTERM, signal.SIGINT):  # started in the background, Ctrl-C would be ignored here alone
        signal.signal(one, _interrupt)
    parts = (_start(run_web_server, port), _start(run_worker))
    try:
        if _answers(port, parts[0]):
            print(f"\n  Sharpshooter runs at http://127.0.0.1:{port}\n\n{sign_ins}\n  Ctrl-C stops it.\n", flush=True)
        ended = multiprocessing.connection.wait([part.sentinel for part in parts])
        name = "web server" if parts[0].sentinel in ended else "worker"
        print(f"\nThe {name} has ended, so everything stops.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        _stop(*parts)


def run_web_server(port: int) -> None:
    """The web server, as gunicorn.conf.py says; returns when it is asked to stop."""
    sys.argv = ["gunicorn", "--chdir", str(ROOT), "--config", str(ROOT / "gunicorn.conf.py")]
    sys.argv += ["--bind", f"127.0.0.1:{port}"]
    WSGIApplication().run()


def run_worker() -> None:
    """One worker for jobs and mail; returns when it is asked to stop."""
    worker = Worker(create_app())
    worker.listen_to_signals()
    worker.work()


def _start(run: Callable[..., None], *arguments: object) -> ForkProcess:
    process = FORK.Process(target=run, args=arguments)
    process.start()
    return process


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _answers(port: int, web: ForkProcess) -> bool:
    """Wait until the web server answers; False if it ends or takes too long."""
    ends = time.monotonic() + SECONDS_TO_ANSWER
    while web.is_alive() and time.monotonic() < ends:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _stop(*processes: ForkProcess) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave one behind
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(SECONDS_TO_STOP)
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
