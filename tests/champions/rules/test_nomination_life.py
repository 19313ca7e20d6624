"""The life of a nomination: only the listed steps succeed, in any order, by anybody."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from champions.rules.nomination_life import OPEN, STEPS, Actor, NominationState, Step, StepError, after

S, T = NominationState, Step
PEOPLE = (Actor.NOMINEE, Actor.OTHER, Actor.DECIDED)
ENDED = {S.DECLINED, S.WITHDRAWN, S.REJECTED, S.RETIRED}


def tried(state, step, actor):
    try:
        return after(state, step, actor)
    except StepError:
        return None


@pytest.mark.parametrize(("state", "step", "actor"), list(product(S, T, Actor)))
def test_a_step_succeeds_if_and_only_if_it_is_listed_for_this_actor(state, step, actor):
    listed = STEPS.get((state, step))
    expected = listed.to if listed and actor in listed.actors else None
    assert tried(state, step, actor) is expected


@given(st.lists(st.tuples(st.sampled_from(Step), st.sampled_from(Actor)), max_size=40))
def test_nobody_becomes_active_without_two_approvals_after_their_own_yes(steps):
    state, history = S.PROPOSED, []
    for step, actor in steps:
        reached = tried(state, step, actor)
        if reached is not None:
            state = reached
            history.append((step, actor))
    taken = [step for step, _ in history]
    if state in {S.ACTIVE, S.PAUSED, S.RETIRED}:
        assert taken.index(T.ACCEPT) < taken.index(T.APPROVE_SECOND) < taken.index(T.BEGIN)
    assert all(actor is Actor.NOMINEE for step, actor in history if step in {T.ACCEPT, T.DECLINE})
    assert all(actor is Actor.OTHER for step, actor in history if step in {T.APPROVE_FIRST, T.APPROVE_SECOND, T.REJECT})


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_stays_so(state):
    assert all(tried(state, step, actor) is None for step, actor in product(T, Actor))


@pytest.mark.parametrize("state", OPEN)
def test_whoever_leaves_the_scoring_ends_what_waits(state):
    assert after(state, T.LEAVE_SCORING, Actor.NOMINEE) is S.WITHDRAWN


def test_every_state_can_be_reached_and_every_step_taken():
    assert {leads.to for leads in STEPS.values()} | {S.PROPOSED} == set(S)
    assert {step for _, step in STEPS} == set(T)
    assert {S.ACTIVE, *ENDED} | {state for state, _ in STEPS} == set(S)


def test_a_person_never_takes_a_step_of_the_program():
    assert all(tried(S.APPROVED, step, actor) is None for step, actor in product(T, PEOPLE))
