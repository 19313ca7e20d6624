"""Fixtures of the tests about enrolling."""

from tests.support.learning import school

__all__ = ["school"]
