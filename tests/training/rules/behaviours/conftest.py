"""A moment for what is given."""

from datetime import UTC, datetime

import pytest


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC)
