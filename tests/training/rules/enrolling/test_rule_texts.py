"""Rules as plain records: stored and read back, typed and settled, said in words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.enrolling.conditions import (
    About,
    Condition,
    Definition,
    Group,
    Join,
    Result,
    Start,
    as_json,
    from_json,
)
from training.rules.enrolling.drafts import (
    MOST_CONDITIONS,
    MOST_GROUPS,
    Draft,
    changed,
    draft_of,
    read_draft,
    settle,
)
from training.rules.enrolling.words import Names, in_words

ids = st.integers(1, 999_999)
conditions = st.one_of(
    st.builds(Condition, st.sampled_from([About.TEAM, About.TRAINER]), ids, negated=st.booleans()),
    st.builds(Condition, st.just(About.SITE), st.sampled_from(["Leeds", "Porto 2"]), negated=st.booleans()),
    st.builds(Condition, st.just(About.ROLE), st.sampled_from(["manager", "owner"]), negated=st.booleans()),
    st.builds(Condition, st.just(About.STARTED), test=st.just(Start.WITHIN.value), days=st.integers(0, 3650)),
    st.builds(
        Condition, st.just(About.STARTED), test=st.sampled_from([Start.BEFORE.value, Start.AFTER.value]), day=st.dates()
    ),
    st.builds(
        Condition, st.just(About.RESULT), ids, st.just(Result.PASSED.value),
        fraction=st.integers(0, 100).map(lambda number: number / 100),
    ),
    st.builds(Condition, st.just(About.RESULT), ids, st.sampled_from([Result.COMPLETED.value, Result.FAILED.value])),
)  # fmt: skip
groups = st.builds(Group, st.sampled_from(Join), st.lists(conditions, min_size=1, max_size=4).map(tuple))
definitions = st.builds(Definition, st.sampled_from(Join), st.lists(groups, min_size=1, max_size=4).map(tuple))


@given(definitions)
@settings(max_examples=100)
def test_a_rule_survives_being_stored_and_being_edited(definition):
    assert from_json(as_json(definition)) == definition
    again, faults = settle(draft_of(definition))
    assert (again, faults) == (definition, {})
    assert in_words(definition, Names())


def test_an_empty_rule_is_refused():
    for stored in ({"join": "all", "groups": []}, {"join": "all", "groups": [{"join": "all", "conditions": []}]}):
        with pytest.raises(ValueError, match="at least one condition"):
            from_json(stored)
    assert settle(read_draft({}))[1] == {"g0": "Add at least one condition: without one nobody is meant."}


@given(st.lists(st.text(max_size=20) | st.sampled_from(["group", "add g0 team", "add g1 result", "remove g0",
                                                       "remove g0.c0", "remove g7.c9"]), max_size=30))  # fmt: skip
@settings(max_examples=100)
def test_whatever_buttons_are_pressed_the_draft_stays_within_its_bounds(deeds):
    draft: Draft = read_draft({})
    for deed in deeds:
        draft = changed(draft, deed)
        assert 1 <= len(draft.groups) <= MOST_GROUPS
        assert all(len(group.conditions) <= MOST_CONDITIONS for group in draft.groups)


def test_a_rule_is_said_in_plain_words():
    names = Names(teams={5: "Care"}, courses={3: "Small talk"}, languages={"pt": "Portuguese"})
    new = Condition(About.STARTED, test=Start.WITHIN.value, days=30)
    boss = Condition(About.ROLE, "manager", negated=True)
    passed = Condition(About.RESULT, 3, Result.PASSED.value, fraction=0.8)
    rule = Definition(
        Join.ANY,
        (
            Group(Join.ALL, (Condition(About.TEAM, 5), new, boss)),
            Group(Join.ANY, (Condition(About.LANGUAGE, "pt"), passed)),
        ),
    )
    assert in_words(rule, names) == (
        "is in Care or a team below it, and was hired in the last 30 days, and is not a manager; or either speaks "
        "Portuguese, or completed “Small talk” with 80 % or more"
    )
    since = Condition(About.STARTED, test=Start.AFTER.value, day=date(2026, 1, 1))
    gone = Definition(Join.ALL, (Group(Join.ALL, (Condition(About.TEAM, 9), since)),))
    assert (
        in_words(gone, names)
        == "is in a team that is gone or a team below it, and was hired on or after 1 January 2026"
    )
