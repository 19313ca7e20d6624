"""Counting SQL statements: a page has a budget, whatever the number of rows."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


class Statements(list[str]):
    """The statements in the order in which they were sent."""

    def __str__(self) -> str:
        """The statements with how often each was sent, for the message of a test that fails."""
        lines = (f"{times} x {' '.join(statement.split())[:300]}" for statement, times in Counter(self).most_common())
        return "\n".join(lines)


@contextmanager
def counted(engine: Engine) -> Iterator[Statements]:
    """Collect every statement that goes to the database inside the block, from any thread of this process."""
    statements = Statements()

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
