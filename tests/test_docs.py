"""Undocumented is red: settings, permissions, commands, score components."""

import re
from pathlib import Path

import click
import pytest

from champions.scoring.components import COMPONENTS
from config import SETTINGS
from people.models import Role
from people.permissions import EMPLOYEE, GRANTS, Permission

DOCS = Path(__file__).parent.parent / "docs"
OF_FLASK = {"run", "shell", "routes", "db"}


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_documented_with_its_default(setting):
    row = re.search(rf"^\| `{setting.name}` \| ([^|]*) \|", text_of("operating.md"), flags=re.M)
    assert row, f"{setting.name} is missing in docs/operating.md"
    assert row.group(1).strip() == (setting.default or ("none" if setting.name == "SECRET_KEY" else "empty"))


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_documented_as_it_is_granted(permission):
    row = next((line for line in text_of("access.md").splitlines() if line.startswith(f"| `{permission}`")), None)
    assert row, f"{permission} is missing in docs/access.md"
    told = [cell.strip() for cell in row.strip("|").split("|")][2:]
    held = [EMPLOYEE.get(permission, "")]
    held += [GRANTS[role].get(permission, "") for role in (Role.TRAINER, Role.MANAGER, Role.REVIEWER, Role.OWNER)]
    assert told == [str(scope) for scope in held]


def commands_of(group: click.Group, words: tuple[str, ...] = ()) -> list[str]:
    found = []
    for name, command in sorted(group.commands.items()):
        if not words and name in OF_FLASK:
            continue
        is_group = isinstance(command, click.Group)
        found += commands_of(command, (*words, name)) if is_group else [" ".join((*words, name))]
    return found


def test_every_command_is_documented(app):
    text = text_of("commands.md")
    missing = [name for name in commands_of(app.cli) if f"`flask {name}" not in text]
    assert missing == []


@pytest.mark.parametrize("name", [measure.name for measure in COMPONENTS])
def test_a_score_component_is_documented(name):
    assert name in text_of("scoring.md")


def test_every_decision_is_numbered_once():
    numbers = [path.name[:4] for path in sorted((DOCS / "decisions").glob("*.md"))]
    assert len(numbers) == len(set(numbers))
