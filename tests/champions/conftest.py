"""Fixtures of the champions' tests."""

import pytest

from champions.models import ScoringRun
from tests.support.cast import Cast
from tests.support.scored import scored_run


@pytest.fixture
def run(cast: Cast) -> ScoringRun:
    """One scoring run over a small company in which amara and otto stand out."""
    return scored_run(cast)
