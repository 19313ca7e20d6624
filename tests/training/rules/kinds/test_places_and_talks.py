"""Categorise, hot spot, and talks that branch."""

import pytest
from hypothesis import given

from tests.training.rules.kinds.specifications import scenario
from training.rules.kinds.categorise import Categorise
from training.rules.kinds.hot_spot import HotSpot
from training.rules.kinds.keys import key_of
from training.rules.kinds.protocol import State
from training.rules.kinds.scenario import Scenario

REACH = {
    "kind": "categorise",
    "categories": ["Paid", "Organic"],
    "items": [{"text": "An advert", "category": "Paid"}, {"text": "An answer", "category": "Organic"}],
}
PAGE = {
    "kind": "hot_spot",
    "picture": "pictures/shop-page.png",
    "description": "A shop page with a price, a question box and a review.",
    "width": 800,
    "height": 600,
    "areas": [
        {"text": "The question box", "right": True, "box": [10, 400, 300, 100]},
        {"text": "The price", "circle": [700, 100, 50], "feedback": "Nobody asks there."},
    ],
}
WASHER = {
    "kind": "scenario",
    "start": "complaint",
    "scenes": {
        "complaint": {
            "says": [{"who": "Joost", "text": "It walks across the floor."}],
            "choices": [
                {"text": "Ask about the floor", "to": "floor", "feedback": "You took it in."},
                {"text": "Quote the manual", "to": "annoyed"},
            ],
        },
        "floor": {
            "says": [{"who": "Joost", "text": "Wood, first floor."}],
            "choices": [{"text": "Quote the manual", "to": "annoyed"}, {"text": "Send the plate", "to": "solved"}],
        },
    },
    "endings": {
        "solved": {"says": [{"who": "Joost", "text": "Quiet at last."}], "mark": 1},
        "annoyed": {"mark": 0.25, "feedback": "He had done that twice."},
    },
}


def keys(*texts: str) -> list[str]:
    return [key_of({}, text) for text in texts]


def changed(**scenes: object) -> dict:
    return {**WASHER, "scenes": {**WASHER["scenes"], **scenes}}


def test_categories_stay_in_order_and_items_are_marked_one_by_one() -> None:
    shown = Categorise().shown(REACH, seed=4)
    assert [category["text"] for category in shown["categories"]] == ["Paid", "Organic"]
    paid = {"matched": dict.fromkeys(keys("An advert", "An answer"), keys("Paid")[0])}
    assert Categorise().grade(REACH, paid).fraction == pytest.approx(0.5)
    assert Categorise().summary(REACH, paid) == "An advert: Paid; An answer: Paid"


def test_an_unknown_category_is_reported_with_those_there_are() -> None:
    items = [*REACH["items"], {"text": "A copy", "category": "Copied"}]
    (problem,) = Categorise().validate({**REACH, "items": items})
    assert problem.field == ("items", 2, "category")
    assert problem.cure == "Choose one of: Paid, Organic."


def test_a_place_in_a_picture_is_chosen_from_a_list_that_shows_all_shapes() -> None:
    shown = HotSpot().shown(PAGE, seed=1)
    assert {tuple(sorted(choice)) for choice in shown["choices"]} == {("box", "key", "text"), ("circle", "key", "text")}
    graded = HotSpot().grade(PAGE, {"chosen": keys("The price")[0]})
    assert (graded.state, graded.parts[0].feedback) == (State.WRONG, "Nobody asks there.")


@pytest.mark.parametrize(
    ("area", "field"),
    [
        ({"text": "A"}, ("areas", 1)),
        ({"text": "A", "box": [0, 0, 1, 1], "circle": [1, 1, 1]}, ("areas", 1)),
        ({"text": "A", "box": [0, 0, 801, 1]}, ("areas", 1, "box")),
        ({"text": "A", "circle": [5, 5, 6]}, ("areas", 1, "circle")),
        ({"text": "A", "circle": [5, 5, 0]}, ("areas", 1, "circle")),
        ({"text": "A", "polygon": [[1, 1], [2, 2]]}, ("areas", 1, "polygon")),
        ({"text": "A", "polygon": [[1, 1], [2, 2], [3]]}, ("areas", 1, "polygon")),
        ({"text": "A", "box": "here"}, ("areas", 1, "box")),
    ],
)
def test_a_shape_that_is_none_is_reported(area: dict, field: tuple) -> None:
    (problem,) = HotSpot().validate({**PAGE, "areas": [PAGE["areas"][0], area]})
    assert problem.field == field


@pytest.mark.parametrize("picture", ["../secret.png", "https://a.example/a.png", "pictures/a.svg", "/pictures/a.png"])
def test_a_picture_lies_in_the_course(picture: str) -> None:
    (problem,) = HotSpot().validate({**PAGE, "picture": picture})
    assert problem.field == ("picture",)


def test_a_talk_shows_what_was_said_and_not_what_will_be() -> None:
    shown = Scenario().shown(WASHER, 1, {"path": keys("Ask about the floor")})
    assert [(turn["mine"], turn["text"]) for turn in shown["talk"]] == [
        (False, "It walks across the floor."),
        (True, "Ask about the floor"),
        (False, "Wood, first floor."),
    ]
    assert {choice["text"] for choice in shown["choices"]} == {"Quote the manual", "Send the plate"}
    assert "Quiet at last." not in str(shown)
    assert "solved" not in str(shown)


def test_a_talk_goes_on_by_one_answer_at_a_time_and_can_be_taken_back() -> None:
    first, second = keys("Ask about the floor", "Quote the manual")
    assert Scenario().parse(WASHER, {"answer": [first]}) == {"path": [first]}
    assert Scenario().parse(WASHER, {"path": [first], "answer": [second]}) == {"path": [first, second]}
    assert Scenario().parse(WASHER, {"path": [first]}) == {"path": [first]}
    assert Scenario().parse(WASHER, {"path": [second], "answer": [first]}) == {"path": [second]}


def test_a_talk_is_worth_what_its_ending_is_and_nothing_before_it_ends() -> None:
    whole = {"path": keys("Ask about the floor", "Quote the manual")}
    graded = Scenario().grade(WASHER, whole)
    assert graded.fraction == pytest.approx(0.25)
    assert [part.feedback for part in graded.parts] == ["You took it in.", "", "He had done that twice."]
    half = {"path": whole["path"][:1]}
    assert Scenario().grade(WASHER, half).state == State.UNANSWERED
    assert Scenario().missing(WASHER, half) == "The talk is not at its end yet."
    assert Scenario().shown(WASHER, 1, whole)["ended"] is True


def test_the_right_answer_is_a_way_to_the_best_ending() -> None:
    assert Scenario().right_answer(WASHER) == "Ask about the floor → Send the plate"


def choices(*ways: str) -> dict:
    return {"choices": [{"text": f"{number} {to}", "to": to} for number, to in enumerate(ways)]}


@pytest.mark.parametrize(
    ("specification", "field", "said"),
    [
        ({**WASHER, "start": "nowhere"}, ("start",), "There is no scene “nowhere”."),
        (
            changed(floor=choices("solved", "nowhere", "annoyed")),
            ("scenes", "floor", "choices", 1, "to"),
            "There is no",
        ),
        (changed(floor=choices("complaint", "solved")), ("scenes", "complaint"), "can come back"),
        (changed(floor=choices("floor", "solved")), ("scenes", "complaint"), "can come back"),
        (changed(island=choices("solved", "annoyed")), ("scenes", "island"), "No choice leads here."),
        ({**WASHER, "endings": {"solved": {"mark": 0.5}, "annoyed": {"mark": 0}}}, ("endings",), "No way earns"),
        (
            {**WASHER, "scenes": {**WASHER["scenes"], "solved": choices("annoyed", "solved")}},
            ("endings", "solved"),
            "also",
        ),
        (changed(**{"Two words": choices("solved", "annoyed")}), ("scenes", "Two words"), "is no id"),
    ],
)
def test_a_talk_that_does_not_hang_together_is_reported(specification, field, said) -> None:
    first = Scenario().validate(specification)[0]
    assert first.field == field
    assert said in first.message


def test_a_talk_with_very_many_ways_is_checked_as_fast_as_any_other() -> None:
    scenes = {f"s{number}": choices(*[f"s{number + 1}"] * 8) for number in range(39)}
    scenes["s39"] = choices("good", "bad")
    endings = {"good": {"mark": 1}, "bad": {"mark": 0}}
    ladder = {"kind": "scenario", "start": "s0", "scenes": scenes, "endings": endings}
    assert Scenario().validate(ladder) == []
    assert Scenario().grade(ladder, Scenario().right_response(ladder)).state == State.RIGHT


@given(scenario())
def test_every_step_of_the_best_way_is_among_the_choices_shown(specification) -> None:
    path = Scenario().right_response(specification)["path"]
    for step, key in enumerate(path):
        shown = Scenario().shown(specification, 1, {"path": path[:step]})
        assert key in [choice["key"] for choice in shown["choices"]]
        assert not shown["ended"]
    assert Scenario().shown(specification, 1, {"path": path})["ended"]
