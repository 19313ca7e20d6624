"""What a form with a rubric says, and what it is worth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.grading.verdict import LONGEST_COMMENT, IncompleteError, Verdict, read_verdict, worth

RUBRIC = [
    {
        "criterion": "Clear",
        "levels": [{"text": "Yes", "mark": 2}, {"text": "Half", "mark": 1}, {"text": "No", "mark": 0}],
    },
    {"criterion": "Kind", "levels": [{"text": "Yes", "mark": 1}, {"text": "No", "mark": 0}]},
]


def test_a_form_that_chooses_a_level_for_each_criterion_is_a_verdict():
    verdict = read_verdict(RUBRIC, {"level-0": "1", "level-1": "0", "comment": " Good.\r\nGo on. \x00"})
    assert verdict == Verdict((1, 0), "Good.\nGo on.")
    graded = worth(RUBRIC, verdict)
    assert graded.fraction == pytest.approx(2 / 3)
    assert [part.label for part in graded.parts] == ["Clear", "Kind"]


@pytest.mark.parametrize("value", ["", "2", "-1", "٣", "1.0", "x"])
def test_half_a_grading_is_none_and_what_was_chosen_is_kept(value):
    with pytest.raises(IncompleteError) as caught:
        read_verdict(RUBRIC, {"level-0": "2", "level-1": value})
    assert caught.value.problems == {"level-1": "Choose a level for “Kind”."}
    assert caught.value.levels == {0: 2}


def test_a_comment_has_an_end():
    with pytest.raises(IncompleteError, match="at most 4,000"):
        read_verdict(RUBRIC, {"level-0": "0", "level-1": "0", "comment": "x" * (LONGEST_COMMENT + 1)})


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["level-0", "level-1", "comment", "level-9"]), st.text(max_size=20)))
def test_whatever_a_browser_sends_is_a_verdict_or_named_problems(form):
    chosen = [form.get(f"level-{place}", "") for place in (0, 1)]
    if chosen[0] in {"0", "1", "2"} and chosen[1] in {"0", "1"}:
        assert 0 <= worth(RUBRIC, read_verdict(RUBRIC, form)).fraction <= 1
    else:
        with pytest.raises(IncompleteError) as caught:
            read_verdict(RUBRIC, form)
        assert caught.value.problems.keys() <= {"level-0", "level-1"}
