"""What a page may cost: a fixed number of SQL statements, whatever the number of rows."""

import pytest

from tests.access.crowd import add_crowd
from tests.access.matrix import ANSWERED, ROLES, Line, read_matrix
from tests.access.walk import address_of, rule_of

pytestmark = pytest.mark.one_database

MOST = 12
TIGHTER = {"/course": 8, "/course/<slug>": 8}
FOR_A_NOTE = 4  # the first look at somebody's score in a while is noted: the look itself, and a row of the audit trail
PAGES = [line for line in read_matrix() if line.method == "GET"]


def visit(stage, line: Line, statements) -> set[str]:
    """Open the page twice as everybody to whom it is open, count, and return who that was."""
    rule = rule_of(stage.app, line)
    visitors = set()
    for name in ROLES:
        targets = [one for one in stage.world.targets(rule) if line.expected(name, one.owners) == ANSWERED]
        if targets:
            visitors.add(name)
            visitor, address = stage.visitor(name), address_of(stage.app, rule, targets[0].values)
            for more in (FOR_A_NOTE if line.writes else 0, 0):
                with statements() as sent:
                    visitor.get(address)
                assert len(sent) <= TIGHTER.get(line.rule, MOST) + more, f"{line} as {name}:\n{sent}"
    return visitors


@pytest.mark.parametrize("line", PAGES, ids=str)
def test_a_page_keeps_its_budget_whatever_the_number_of_rows(stage, statements, line):
    visitors = visit(stage, line, statements)
    add_crowd(stage.world, stage.people)
    assert visit(stage, line, statements) == visitors
