"""docs/start.md works: every command in it is run here, in its order, on an empty database."""

import re
import shlex
from pathlib import Path

import pytest
from sqlalchemy import func, select

from activity.models import Import, ImportState
from champions.models import ScoringRun
from db import db
from people.models import Employee, Role, RoleGrant
from tests.support.clients import HouseRunner
from tests.support.databases import SqliteDatabase
from training.models import Course

ROOT = Path(__file__).parents[2]
OF_THE_SHELL = (
    "git clone ",
    "make ",
    "export ",
    "mkdir ",
    "MODE=development flask secret ",
    "chmod ",
    "flask db upgrade",
)


def commands():
    text = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, flags=re.S) for line in block.splitlines()]
    ours = [line for line in lines if not line.startswith(OF_THE_SHELL)]
    assert all(line.startswith("flask ") for line in ours), ours
    return [shlex.split(line)[1:] for line in ours]


@pytest.fixture
def company(tmp_path, monkeypatch):
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    database = SqliteDatabase(tmp_path / "company")
    with database.app.app_context():
        yield database.app
        db.session.rollback()
    database.close()


def test_every_command_of_the_guide_works_and_leads_to_a_list(company):
    run = HouseRunner(company)
    told = {}
    for words in commands():
        result = run.invoke(args=words)
        assert result.exit_code == 0, (words, result.output)
        told[" ".join(words)] = result.output
    assert "are surely among the few" in told["champions run"]
    assert len(told["champions shortlist"].splitlines()) > 5
    assert "0 rejected" in told["activity import activity exports/activity.csv --source community"]
    assert "Customer Care: " in told["reports team Customer Care"]
    states = select(Import.state, func.count()).group_by(Import.state)
    assert dict(db.session.execute(states).all())[ImportState.DONE] >= 8
    assert db.session.scalar(select(func.count()).select_from(Course)) == 2
    assert db.session.scalar(select(func.count()).select_from(ScoringRun)) == 2
    reviewers = select(func.count()).where(RoleGrant.role == Role.REVIEWER)
    assert db.session.scalar(reviewers) == 2
    assert db.session.scalar(select(func.count()).select_from(Employee)) > 400
