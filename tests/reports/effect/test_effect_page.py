"""The page about what the training changed: from waves and outcomes in the database to a plain sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from activity.models import Outcome, OutcomeCredit
from db import bulk_insert, db, table_of
from people.models import Employee
from reports.effect.comparing import find_effect
from reports.measures.staggered import Verdict
from tests.support.cast import Cast
from tests.support.learning import School, make_school
from training.assigning.models import Assignment, Plan, PlanState
from training.assigning.wave_models import WaveDraw, WaveMember

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = BEGAN + timedelta(days=74)
PEOPLE = 40


@pytest.fixture
def school(cast: Cast) -> School:
    """A small course."""
    return make_school(cast)


@pytest.fixture
def waves(cast: Cast, school) -> list[int]:
    """Forty people in two waves by lot; the first began 74 days before the second."""
    rows = [
        {"external_id": f"w{number}", "name": f"Person {number}", "team_id": cast.care_porto, "created_at": BEGAN}
        for number in range(PEOPLE)
    ]
    bulk_insert(table_of(Employee), rows)
    ids = list(db.session.scalars(db.select(Employee.id).where(Employee.external_id.startswith("w"))))
    draw = WaveDraw(course_id=school.course_id, seed=1, first_wave=1, sizes=[20, 20], digest="d", drawn_at=BEGAN)
    plan = Plan(course_id=school.course_id, state=PlanState.PUBLISHED, settings={}, summary={}, created_at=BEGAN)
    db.session.add_all([draw, plan])
    db.session.flush()
    for place, learner in enumerate(ids):
        wave = place % 2 + 1
        db.session.add(
            WaveMember(
                course_id=school.course_id, learner_id=learner, draw_id=draw.id, team="Care", drawn_wave=wave, wave=wave
            )
        )
        db.session.add(
            Assignment(
                trainer_id=cast.amara.id,
                learner_id=learner,
                course_id=school.course_id,
                plan_id=plan.id,
                starts_at=BEGAN if wave == 1 else SECOND,
                reason="",
            )
        )
    db.session.flush()
    return ids


def brought(ids: list[int], each: int, at: datetime, kind: str = "accepted") -> None:
    """Results of each of these people at that time; a few bring one more."""
    for number, person in enumerate(ids):
        for turn in range(each + (number % 5 == 0)):
            outcome = Outcome(source="t", external_id=f"{person} {turn} {at} {kind}", at=at, kind=kind)
            db.session.add(outcome)
            db.session.flush()
            db.session.add(OutcomeCredit(outcome_id=outcome.id, employee_id=person))
    db.session.flush()


def test_more_results_of_those_who_began_are_found_by_kind_and_together(waves, school) -> None:
    brought(waves, 1, BEGAN - timedelta(days=30))
    brought(waves[0::2], 4, BEGAN + timedelta(days=40))
    brought(waves[1::2], 1, BEGAN + timedelta(days=40))
    brought(waves[1::2], 9, BEGAN + timedelta(days=40), kind="upvotes")  # attention is no result
    brought(waves[:1], 1, SECOND + timedelta(days=1))  # so that the outcomes reach to the second wave
    found = find_effect(school.course_id, school.slug, "A course")
    assert (found.people, found.waves, len(found.spans)) == (PEOPLE, 2, 1)
    assert found.whole.verdict is Verdict.MORE
    assert found.whole.difference == pytest.approx(3 * 30 / 60, abs=0.2)
    assert set(found.by_kind) == {"accepted"}


def test_what_is_brought_before_a_lesson_can_show_counts_for_nobody(waves, school) -> None:
    brought(waves[0::2], 5, BEGAN + timedelta(days=3))
    brought(waves[:1], 1, SECOND + timedelta(days=1))
    assert find_effect(school.course_id, school.slug, "A course").whole.verdict is Verdict.TOO_LITTLE


def test_whom_somebody_moved_is_not_compared(waves, school, cast) -> None:
    member = db.session.get_one(WaveMember, (school.course_id, waves[0]))
    member.wave, member.override_reason, member.overridden_by_id = 2, "Asked to wait", cast.petra.id
    db.session.flush()
    assert find_effect(school.course_id, school.slug, "A course").people == PEOPLE - 1


@pytest.mark.one_database
def test_the_page_says_it_in_a_sentence_and_costs_few_statements(waves, cast, client_of, statements) -> None:
    brought(waves, 1, BEGAN - timedelta(days=30))
    brought(waves[0::2], 4, BEGAN + timedelta(days=40))
    brought(waves[1::2], 1, BEGAN + timedelta(days=40))
    brought(waves[:1], 1, SECOND + timedelta(days=1))
    owner = client_of(cast.petra)
    with statements() as sent:
        page = owner.get("/reports/effect").text
    assert "Those who began bring more" in page
    assert "Person 1" not in page
    assert len(sent) <= 12, str(sent)
    assert owner.get("/reports/effect?course=no-such").status_code == 404


@pytest.mark.one_database
def test_without_waves_the_page_says_when_it_will_compare(cast, client_of) -> None:
    assert "Nobody has been drawn into waves yet" in client_of(cast.dev).get("/reports/effect").text
    assert client_of(cast.ben).get("/reports/effect").status_code == 403


@pytest.mark.one_database
def test_the_command_prints_the_same(waves, cli) -> None:
    assert "too little, from 0" in cli.invoke(args=["reports", "effect"]).output
    brought(waves, 1, BEGAN - timedelta(days=30))
    brought(waves[0::2], 4, BEGAN + timedelta(days=40))
    brought(waves[:1], 1, SECOND + timedelta(days=1))
    printed = cli.invoke(args=["reports", "effect"]).output
    assert "All results" in printed
    assert ": more, from" in printed
    refused = cli.invoke(args=["reports", "effect", "--course", "none"])
    assert (refused.exit_code, "No waves were drawn for none." in refused.output) == (1, True)
