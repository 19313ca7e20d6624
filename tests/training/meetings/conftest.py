"""Fixtures of the tests about meetings."""

import pytest

from db import db
from tests.support.learning import School
from tests.support.mailbox import mailbox
from tests.support.meetings import all_learn_from

__all__ = ["mailbox"]


@pytest.fixture
def class_of_amara(cast, school) -> School:
    """The school, with tomas and dev taught by amara too."""
    all_learn_from(cast, cast.amara, school.course_id, cast.tomas, cast.dev)
    db.session.commit()
    return school
