"""The pool that a question is drawn from travels as a tag; a name that is no tag is listed."""

import pytest

from training.rules.course_files.course_text import About, QuestionText
from training.rules.exchange.gift.writer import write_gift
from training.rules.exchange.moodle.writer import write_moodle
from training.rules.exchange.qti.writer import write_qti
from training.rules.exchange.reading import read
from training.rules.exchange.table.writer import write_csv
from training.rules.exchange.topics import pool_of_tags

WRITERS = {"gift": write_gift, "moodle": write_moodle, "qti": lambda some: write_qti(some, {}), "csv": write_csv}


def drawn_from(pool: str) -> QuestionText:
    return QuestionText("true-false", About.WHY, "Is it so?", {"kind": "true_false", "right": True}, pool=pool)


@pytest.mark.parametrize("write", WRITERS.values(), ids=list(WRITERS))
@pytest.mark.parametrize("pool", ["", "easy ones", "Ünïcode, mit Komma"])
def test_a_pool_comes_back(write, pool):
    written = write([drawn_from(pool)])
    assert written.problems == ()
    assert [one.pool for one in read(written.data).questions] == [pool]


@pytest.mark.parametrize("write", [write_gift, write_moodle], ids=["gift", "moodle"])
def test_a_pool_that_is_no_tag_is_listed(write):
    written = write([drawn_from("[odd]")])
    assert [one.pool for one in written.carried] == [""]
    assert "[odd]" in written.problems[0].message


def test_the_first_pool_counts_and_other_tags_are_none():
    assert pool_of_tags(["why", "Pool: warm ", "pool:cold"]) == "warm"
    assert pool_of_tags(["why", "pooling"]) == ""
