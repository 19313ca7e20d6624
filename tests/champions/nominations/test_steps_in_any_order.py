"""Whatever people try in whatever order: the stored state is always the one that the listed steps lead to."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from champions.models import Champion, Nomination, NominationDecision
from champions.nominations import champion_operations, operations
from champions.rules.nomination_life import OPEN, STEPS, Actor, NominationState, Step
from champions.scores.opting import opt_out
from db import db
from people.models import Employee, RoleGrant
from people.refusal import RefusedError
from tests.support.cast import NOW

REASON = "Customers accept nearly every answer."
PEOPLE = ("amara", "petra", "rafa", "sunniva")  # amara is the one nominated

DEEDS = {
    "invite": lambda row, who: operations.invite(row, actor_id=who, at=NOW),
    "accept": lambda row, who: operations.answer(row, accepts=True, actor_id=who, at=NOW),
    "decline": lambda row, who: operations.answer(row, accepts=False, actor_id=who, at=NOW),
    "withdraw": lambda row, who: operations.withdraw(row, actor_id=who, at=NOW),
    "approve": lambda row, who: operations.decide(row, approves=True, reason=REASON, actor_id=who, at=NOW),
    "reject": lambda row, who: operations.decide(row, approves=False, reason=REASON, actor_id=who, at=NOW),
    "pause": lambda row, who: champion_operations.pause(row, actor_id=who, at=NOW),
    "return": lambda row, who: champion_operations.come_back(row, actor_id=who, at=NOW),
    "retire": lambda row, who: champion_operations.retire(row, actor_id=who, at=NOW),
}
NAMED = {"invite": Step.INVITE, "accept": Step.ACCEPT, "decline": Step.DECLINE, "withdraw": Step.WITHDRAW,
         "reject": Step.REJECT, "pause": Step.PAUSE, "return": Step.RETURN, "retire": Step.RETIRE}  # fmt: skip


class Reference:
    """What should come of it: the table of steps, and who has decided."""

    def __init__(self):
        self.state, self.decided = NominationState.INVITED, set()

    def take(self, deed, who):
        """Whether this is allowed now; if so it is taken."""
        first = not self.decided
        step = NAMED.get(deed) or (Step.APPROVE_FIRST if first else Step.APPROVE_SECOND)
        actor = Actor.NOMINEE if who == "amara" else Actor.DECIDED if who in self.decided else Actor.OTHER
        leads = STEPS.get((self.state, step))
        if leads is None or actor not in leads.actors:
            return False
        self.state = leads.to if leads.to is not NominationState.APPROVED else NominationState.ACTIVE
        if deed in {"approve", "reject"}:
            self.decided.add(who)
        return True


def begin(cast, run):
    """Amara nominated and invited, with nothing left of earlier tries."""
    for model in (Champion, NominationDecision, Nomination):
        for row in db.session.scalars(select(model)):
            db.session.delete(row)
    granted = select(RoleGrant).where(RoleGrant.employee_id == cast.amara.id, RoleGrant.granted_by_id.is_not(None))
    for row in db.session.scalars(granted):
        db.session.delete(row)
    db.session.flush()
    amara = db.session.get_one(Employee, cast.amara.id)
    return operations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)


likely = st.sampled_from([("accept", "amara"), ("approve", "rafa"), ("approve", "sunniva"), ("pause", "amara")])
anything = st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(PEOPLE))


@pytest.mark.one_database
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(likely | anything, max_size=14))
def test_only_listed_steps_succeed_in_any_order_by_anybody(cast, run, steps):
    nomination, reference = begin(cast, run), Reference()
    for deed, who in steps:
        expected = reference.take(deed, who)
        try:
            DEEDS[deed](nomination, getattr(cast, who).id)
            done = True
        except RefusedError:
            done = False
        assert done == expected, f"{deed} by {who} while {reference.state}"
        assert nomination.state == reference.state
        champion = db.session.scalars(select(Champion)).first()
        assert (champion is not None) == (reference.state in {"active", "paused", "retired"})
        if champion:
            assert (champion.paused_at is not None) == (reference.state == "paused") or champion.ends_at is not None
            assert (champion.ends_at is not None) == (reference.state == "retired")


def test_leaving_the_scoring_ends_what_waits_and_no_championship(cast, run):
    nomination = begin(cast, run)
    assert nomination.state in OPEN
    opt_out(cast.amara.id, at=NOW)
    assert nomination.state == NominationState.WITHDRAWN
