"""`make run`: what it prepares, what it refuses, and that it really serves, works and stops."""

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import flask_migrate
import pytest

import serve
from config import is_real_secret
from db import db, utcnow
from jobs import operations
from jobs.models import Job, JobState
from serve import StartError
from tests.support.cast import make_cast
from tests.support.databases import make_app
from tests.support.ports import free_port

SECONDS = 60


def test_a_taken_port_is_named_with_the_way_out():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(StartError, match=f"Port {port} is taken.*make run PORT="):
            serve.check_port(port)
    serve.check_port(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(StartError, match="There is no port"):
        serve.check_port(port)


def test_what_is_missing_is_made_and_what_is_given_is_kept(tmp_path):
    made = serve.prepare_environment({"INSTANCE_DIR": str(tmp_path)}, 5001, None)
    assert made == {"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://127.0.0.1:5001"}
    given = {"INSTANCE_DIR": str(tmp_path / "b"), "PUBLIC_URL": "https://a.example", "SECRET_KEY": "x" * 40}
    assert serve.prepare_environment(given, 5001, None)["PUBLIC_URL"] == "https://a.example"
    assert not (tmp_path / "b" / "secret_key").exists()


def test_the_secret_is_real_made_once_and_readable_by_its_owner_alone(tmp_path):
    file = tmp_path / "secret_key"
    serve.make_secret(file)
    first = file.read_text()
    serve.make_secret(file)
    assert file.read_text() == first
    assert is_real_secret(first)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StartError, match=r"no folder .*nowhere"):
        serve.prepare_environment({"INSTANCE_DIR": str(tmp_path)}, 5000, tmp_path / "nowhere")


@pytest.fixture
def instance(tmp_path):
    """An instance that has been filled already: what the second start finds."""
    app = make_app({"MODE": "testing", "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": ""})
    with app.app_context():
        flask_migrate.upgrade()
        make_cast()
        operations.enqueue("jobs.tidy", {}, actor_id=None, at=utcnow())
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def started(instance):
    """The real thing, started; gives its port and process."""
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL", "MODE"}
    }
    environment["INSTANCE_DIR"] = instance.config["INSTANCE_DIR"]
    command = [sys.executable, "serve.py", "--port", str(port)]
    root = Path(serve.__file__).parent
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    yield port, process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def ask(port, address):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def wait_until(reached, process):
    ends = time.monotonic() + SECONDS
    while not reached():
        assert process.poll() is None, process.stdout.read().decode()
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.05)


def listens(port):
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def jobs_done():
    db.session.rollback()
    states = db.session.scalars(db.select(Job.state)).all()
    db.session.commit()
    return set(states) == {JobState.DONE}


def test_it_serves_works_and_stops(started):
    port, process = started
    wait_until(lambda: listens(port), process)
    answer, body = ask(port, "/sign-in")
    assert (answer.status, "<h1>Sign in</h1>" in body) == (200, True)
    assert answer.headers["Server"] is None
    assert ask(port, "/no/such/page")[0].status == 404
    wait_until(jobs_done, process)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, output.decode()
    assert f"http://127.0.0.1:{port}" in output.decode()
    assert "Traceback" not in output.decode()
    assert not listens(port)


def test_it_stops_as_a_whole_when_a_part_is_killed(started):
    port, process = started
    wait_until(lambda: listens(port), process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[1]), signal.SIGKILL)
    output, _ = process.communicate(timeout=SECONDS)
    assert (process.returncode, "The worker has ended" in output.decode()) == (1, True)
    assert not listens(port)
