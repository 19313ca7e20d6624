"""No change without the token of a form of ours: whoever else makes a browser send one changes nothing."""

import pytest

from tests.access.matrix import ROLES, read_matrix
from tests.access.walk import address_of, rule_of

CHANGING = [line for line in read_matrix() if line.method != "GET"]


@pytest.mark.parametrize("line", CHANGING, ids=str)
def test_a_change_without_a_token_is_refused(stage, line):
    rule = rule_of(stage.app, line)
    target = next(stage.world.targets(rule))
    visitors = [stage.visitor(name) for name in ROLES]
    before = stage.hashes()
    for visitor in visitors:
        answer = visitor.open(address_of(stage.app, rule, target.values), method=line.method, csrf=False)
        assert answer.status_code == 400
        assert "no longer valid" in answer.text
    assert stage.hashes() == before


def test_a_token_of_another_session_is_refused(stage):
    theirs = stage.visitor("carla")._form_token(None)
    answer = stage.visitor("ben").post("/sign-out", csrf=False, headers={"X-CSRFToken": theirs})
    assert answer.status_code == 400


def test_nothing_is_exempt_from_tokens(app):
    csrf = app.extensions["csrf"]
    assert (csrf._exempt_views, csrf._exempt_blueprints) == (set(), set())
    assert app.config["WTF_CSRF_CHECK_DEFAULT"] is True
    assert app.config["WTF_CSRF_ENABLED"] is True
