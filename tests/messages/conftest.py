"""Fixtures of the tests about messages."""

from tests.support.mailbox import mailbox

__all__ = ["mailbox"]
