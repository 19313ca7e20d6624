"""The house keeps to its rules: direction of the modules at the top, sizes, names, and pages without inline style."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
FEATURES = ("people", "jobs", "messages", "activity", "champions", "training", "reports")
MAY_IMPORT = {
    "config.py": set(),
    "db.py": {"config"},
    "languages.py": set(),
    "web.py": {"config", "db", "languages"},
    "mail.py": {"config", "db"},
}
OWN = {"app", "config", "db", "languages", "web", "mail", *FEATURES, "samples"}
LONGEST = 400
SOURCES = sorted(
    path.relative_to(HOUSE)
    for folder in (".", *FEATURES, "samples", "benchmarks")
    for path in (HOUSE / folder).glob("*.py" if folder == "." else "**/*.py")
)
TEMPLATES = sorted((HOUSE / "templates").glob("**/*.html"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_a_module_at_the_top_imports_only_what_stands_below_it(name):
    assert imported(HOUSE / name) & OWN <= MAY_IMPORT[name]


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_file_has_one_subject(path):
    lines = (HOUSE / path).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{path} has {lines} lines: split it by subject"
    assert path.name not in {"util.py", "utils.py", "helpers.py", "misc.py"}


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=str)
def test_a_folder_says_what_it_is_and_nothing_more(path):
    body = ast.parse((HOUSE / path).read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_page_has_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?! src=\"{{ url_for)|src=\"https?:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_every_form_that_changes_something_carries_its_token(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, flags=re.S | re.I):
        assert "csrf_token" in form or "hidden_tag" in form
