"""Who may do what: every address and method, by everybody, against everything. See matrix.txt."""

from functools import wraps

import pytest

from people.permissions import Permission
from tests.access.matrix import read_matrix
from tests.access.walk import rule_of, walk

MATRIX = read_matrix()
LEFT_OUT = {"HEAD", "OPTIONS"}


def test_every_address_is_in_the_matrix_and_nothing_else(app):
    routes = {
        f"{method} {rule.rule}" for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - LEFT_OUT
    }
    listed = [str(line) for line in MATRIX]
    assert set(listed) - routes == set(), "in the matrix, but no such address"
    assert routes - set(listed) == set(), "not in the matrix: add them to tests/access/matrix.txt"
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_everybody_reaches_what_the_matrix_says_and_a_refusal_changes_nothing(stage, line):
    wrong = walk(stage, line)
    assert not wrong, "\n".join(wrong)


GUARDED = [line for line in MATRIX if line.cells["employee"] == "-"]


@pytest.mark.one_database
@pytest.mark.parametrize("line", GUARDED, ids=str)
def test_a_guard_left_open_is_seen(stage, line, monkeypatch):
    """Each guard in turn is opened to every employee: the walk must notice, or it would not see a mistake either."""
    endpoint = rule_of(stage.app, line).endpoint
    guarded = stage.app.view_functions[endpoint]

    @wraps(guarded)
    def opened(**values):
        return guarded(**values)

    opened.permission = Permission.PEOPLE_ACCOUNT_USE
    monkeypatch.setitem(stage.app.view_functions, endpoint, opened)
    assert walk(stage, line)


@pytest.mark.parametrize("text", ["GET /a - - -", "GET /a - - - - - maybe", "GET /a - - - - - - reads"])
def test_a_line_that_cannot_be_read_is_named(text):
    with pytest.raises(ValueError, match="line 2"):
        read_matrix("# a comment\n" + text)
