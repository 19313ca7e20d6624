"""The scripts behind `make`: where something is missing they say in one line what to install."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(script, *arguments, path):
    return subprocess.run(
        [shutil.which("sh"), str(ROOT / "tools" / script), *arguments],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        cwd=path,
    )


@pytest.fixture
def bare(tmp_path):
    """A folder of commands in which there is next to nothing."""
    (tmp_path / "id").symlink_to(shutil.which("id"))
    return tmp_path


def command(folder, name, text):
    file = folder / name
    file.write_text(f"#!{shutil.which('sh')}\n{text}\n")
    file.chmod(0o755)


def test_without_a_browser_one_line_says_what_to_install(bare):
    done = run("prepare_tests.sh", path=bare)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "chromium" in done.stderr
    assert "apt-get install" in done.stderr


def test_without_root_nothing_is_installed(bare):
    (bare / "id").unlink()
    command(bare, "id", "echo 1000")
    command(bare, "apt-get", f"{shutil.which('touch')} {bare}/was-called")
    done = run("prepare_tests.sh", path=bare)
    assert (done.returncode, (bare / "was-called").exists()) == (1, False)


def test_with_everything_there_nothing_is_said(bare):
    for name in ("chromium", "initdb", "postgres"):
        command(bare, name, "exit 0")
    done = run("prepare_tests.sh", path=bare)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_python_that_is_not_there_is_named(bare):
    done = run("make_venv.sh", "python3", path=bare)
    assert (done.returncode, "no command 'python3'" in done.stderr) == (1, True)


def test_a_python_that_is_too_old_is_named(bare):
    command(bare, "python3", '[ "$1" = --version ] && echo "Python 3.9.2" || exit 1')
    done = run("make_venv.sh", "python3", path=bare)
    assert (done.returncode, "Python 3.9.2 is too old" in done.stderr) == (1, True)


def test_a_python_without_venv_is_named(bare):
    command(bare, "python3", 'case "$2" in *version_info*) exit 0 ;; *) exit 1 ;; esac')
    done = run("make_venv.sh", "python3", path=bare)
    assert (done.returncode, "python3-venv" in done.stderr) == (1, True)


def test_make_alone_lists_every_command():
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    phony = next(line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY"))
    assert listed == set(phony.split()[1:])
