"""The model card: complete, true to the run, and the same as Markdown."""

import re

import pytest

from champions.backtest.operations import compute_backtest
from champions.runs.model_card import FAILURES, LIMITS, card_of
from champions.runs.model_card_markdown import markdown
from champions.runs.operations import compute_run
from champions.scoring.parameters import BOUNDS, Parameters
from db import db
from people.models import Employee
from tests.support.cast import NOW


def again(**changed):
    run = compute_run(
        as_of=NOW,
        parameters=Parameters(**changed),
        created_by_id=None,
        at=NOW,
        progress=lambda done, total, message: None,
        reason="We want more aim.",
    )
    db.session.commit()
    return run


def test_every_setting_and_every_kind_stands_on_the_card(run):
    card = card_of(run)
    assert len(card.settings) == len(BOUNDS) + 1
    assert [(kind.title, kind.worth, kind.attempt) for kind in card.kinds] == [("Answers accepted", "1", "answer")]
    assert card.kinds[0].number == run.outcomes


def test_the_difference_from_the_run_before_is_told_in_people_and_settings(cast, run):
    db.session.get_one(Employee, cast.amara.id).opted_out_at = NOW
    later = card_of(again(dial=0.7))
    assert later.change.before.id == run.id
    assert later.change.left >= 1
    assert [(item.name, item.before, item.value) for item in later.changed] == [("Dial", "0.5", "0.7")]
    assert card_of(run).change is None


def test_the_quality_is_that_of_the_settings_of_the_run(cast, run):
    assert card_of(run).backtest is None
    made = compute_backtest(
        as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda done, total, message: None
    )
    db.session.commit()
    assert card_of(run).backtest.id == made.id
    assert card_of(again(dial=0.2)).backtest is None


def test_as_markdown_it_says_the_same(cast, run, client_of):
    again(dial=0.7)
    answer = client_of(cast.rafa).get(f"/runs/{run.id + 1}/model-card.md")
    assert answer.mimetype == "text/markdown"
    assert "model-card-run-" in answer.headers["Content-Disposition"]
    for heading in (
        "Data", "What a result is worth", "Settings", "Quality in the backtest", "Limits", "Known failures",
        "Against the run before",
    ):  # fmt: skip
        assert f"\n## {heading}\n" in answer.text
    assert "We want more aim." in answer.text
    assert "- Dial: 0.5, now 0.7" in answer.text
    assert all(f"- {sentence}" in answer.text for sentence in (*LIMITS, *FAILURES))


def test_a_name_breaks_no_table_of_the_markdown(run):
    run.card = {**run.card, "events": {**run.card["events"], "channels": [["a | b\nc", 3]]}}
    text = markdown(card_of(run))
    assert "| a \\| b c | 3 |" in text
    assert all(re.search(r"\|$", line) for line in text.splitlines() if line.startswith("|"))


def test_a_run_of_an_earlier_version_still_has_a_card(cast, run, client_of):
    run.card = {"kinds": ["accepted"], "totals": {}}
    db.session.commit()
    assert client_of(cast.petra).get(f"/runs/{run.id}").status_code == 200
    assert "Known failures" in client_of(cast.petra).get(f"/runs/{run.id}/model-card.md").text


@pytest.mark.parametrize("name", ["ben", "dev"])
def test_the_card_is_for_those_who_decide(cast, run, client_of, name):
    assert client_of(getattr(cast, name)).get(f"/runs/{run.id}/model-card.md").status_code == 403
