"""Fixtures of the tests about certificates."""

from tests.support.learning import school

__all__ = ["school"]
