"""Fixtures of the tests about learning."""

from tests.support.learning import school

__all__ = ["school"]
