"""One demo company for the tests of its parts; it is never changed, so it is made once."""

from datetime import date

import pytest

from samples.company.company import generate
from samples.company.records import Company

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def company() -> Company:
    return generate(seed=7, today=TODAY)
