"""The owner's file of attributes: taken whole, or refused with the place and the cure."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from champions.rules.attribute_file import AttributeFileError, Row, read_attributes


def test_commas_semicolons_tabs_and_any_order_of_columns():
    expected = [Row("e-1", "working time", "part-time")]
    assert read_attributes(b"id,attribute,value\ne-1,working time,part-time\n") == expected
    assert read_attributes(b"\xef\xbb\xbfID;Attribute;Value\r\ne-1;working  time; part-time\r\n") == expected
    assert read_attributes(b"value\tid\tattribute\npart-time\te-1\tworking time") == expected


def test_a_value_that_is_not_known_is_left_out_and_a_line_twice_counts_once():
    data = b"id,attribute,value\ne-1,site,unknown\ne-2,site,\ne-3,site,Porto\ne-3,site,Porto\n"
    assert read_attributes(data) == [Row("e-3", "site", "Porto")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Line 1: no column named id and attribute and value"),
        (b"id,value\ne-1,x\n", "Line 1: no column named attribute"),
        (b"id,attribute,value\n", "there are no rows"),
        (b"id,attribute,value\ne-1,site\n", "Line 2: 2 columns"),
        (b"id,attribute,value\n,site,Porto\n", "Line 2: the id is missing"),
        (b"id,attribute,value\ne-1,,Porto\n", "Line 2: the attribute is missing"),
        (b"id,attribute,value\ne-1,site,Porto\ne-1,site,Leeds\n", "Line 3: a second value of site"),
        (b"id,attribute,value\ne-1,site," + b"x" * 61 + b"\n", "Line 2: longer than 60"),
        (b"id,attribute,value\ne-1,site,\x07\n", "Line 2: it holds characters"),
        (b"id,attribute,value\ne-1,site,Porto\ne-2,site,\xff\n", "Line 3: not UTF-8"),
        (b"id,attribute,value\n" + b"".join(b"e-%d,pay,%d\n" % (n, n) for n in range(40)), "pay has 40 values"),
        (b"id,attribute,value\n" + b"".join(b"e-1,a%d,x\n" % n for n in range(11)), "has 11 attributes"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_place_and_cure(data, said):
    with pytest.raises(AttributeFileError) as refused:
        read_attributes(data)
    assert said in str(refused.value)


def test_ten_faults_are_named_and_the_rest_counted():
    with pytest.raises(AttributeFileError) as refused:
        read_attributes(b"id,attribute,value\n" + b",site,x\n" * 25)
    assert str(refused.value).splitlines()[-1] == "And 15 more."


@given(st.binary(max_size=300))
def test_whatever_is_handed_in_is_taken_or_refused_in_words(data):
    with suppress(AttributeFileError):
        assert read_attributes(b"id,attribute,value\n" + data)
