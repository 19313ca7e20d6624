"""Granting and ending roles: never to oneself, never twice, and the programme keeps an owner."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from db import db
from people.auditing import audit
from people.auditing.models import AuditEntry
from people.models import Employee, Role, RoleGrant, Team
from people.refusal import RefusedError
from people.roles import operations as role_operations
from people.roles import queries as role_queries
from people.teams import manager_operations as team_manager_operations
from tests.support.cast import NOW


def the(person) -> Employee:
    return db.session.get_one(Employee, person.id)


def grant(cast, person, role, **options):
    return role_operations.grant_role(the(person), role, actor_id=cast.petra.id, at=NOW, **options)


def live(person, role) -> list[RoleGrant]:
    query = select(RoleGrant).where(
        RoleGrant.employee_id == person.id, RoleGrant.role == role, role_queries.is_live(NOW)
    )
    return list(db.session.scalars(query))


def test_a_role_is_granted_with_its_team_and_end_and_is_in_the_trail(cast):
    until = NOW + timedelta(days=90)
    made = grant(cast, cast.ben, Role.MANAGER, team_id=cast.care_leeds, ends_at=until)
    assert (made.team_id, made.ends_at, made.granted_by_id) == (cast.care_leeds, until, cast.petra.id)
    row = db.session.scalars(select(AuditEntry)).one()
    assert (row.verb, row.actor_id, row.subject_id) == (audit.Verb.ROLE_GRANTED, cast.petra.id, cast.ben.id)
    assert row.detail == {"role": "manager", "team": cast.care_leeds, "until": until.isoformat()}


@pytest.mark.parametrize(
    ("role", "options", "words"),
    [
        (Role.MANAGER, {}, "needs a team"),
        (Role.OWNER, {"team_id": 1}, "needs a team"),
        (Role.REVIEWER, {"ends_at": NOW}, "in the past"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(cast, role, options, words):
    with pytest.raises(RefusedError, match=words):
        grant(cast, cast.ben, role, **options)
    assert live(cast.ben, role) == []


def test_nobody_grants_a_role_to_themselves(cast):
    with pytest.raises(RefusedError, match="to themselves"):
        grant(cast, cast.petra, Role.REVIEWER)
    team = db.session.get_one(Team, cast.care_leeds)
    with pytest.raises(RefusedError, match="to themselves"):
        team_manager_operations.set_manager(team, the(cast.petra), actor_id=cast.petra.id, at=NOW)


def test_a_role_that_is_held_is_not_granted_twice_but_again_after_its_end(cast):
    first = grant(cast, cast.ben, Role.REVIEWER)
    with pytest.raises(RefusedError, match="already"):
        grant(cast, cast.ben, Role.REVIEWER)
    role_operations.end_role(first, actor_id=cast.petra.id, at=NOW)
    assert live(cast.ben, Role.REVIEWER) == []
    with pytest.raises(RefusedError, match="ended already"):
        role_operations.end_role(first, actor_id=cast.petra.id, at=NOW)
    assert grant(cast, cast.ben, Role.REVIEWER).id != first.id


def test_whoever_has_left_is_granted_nothing(cast):
    with pytest.raises(RefusedError, match="not active"):
        grant(cast, cast.lena, Role.REVIEWER)


def test_the_last_owner_stays_and_one_of_two_may_go(cast):
    first = live(cast.petra, Role.OWNER)[0]
    with pytest.raises(RefusedError, match="Nobody would be left"):
        role_operations.end_role(first, actor_id=cast.petra.id, at=NOW)
    second = grant(cast, cast.rafa, Role.OWNER)
    role_operations.end_role(first, actor_id=cast.rafa.id, at=NOW)
    with pytest.raises(RefusedError, match="Nobody would be left"):
        role_operations.end_role(second, actor_id=None, at=NOW)
    assert role_queries.active_owners(NOW) == {cast.rafa.id}


def test_two_owners_who_remove_each_other_at_once_leave_one(app, cast):
    grants = [live(cast.petra, Role.OWNER)[0].id, grant(cast, cast.rafa, Role.OWNER).id]
    db.session.commit()
    start, refused = Barrier(2), []

    def remove(grant_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                role_operations.end_role(db.session.get_one(RoleGrant, grant_id), actor_id=None, at=NOW)
                db.session.commit()
            except RefusedError:
                db.session.rollback()
                refused.append(grant_id)

    threads = [Thread(target=remove, args=(grant_id,)) for grant_id in grants]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(role_queries.active_owners(NOW)) == 1


def test_a_person_names_the_manager_of_a_team_and_the_one_before_ends(cast):
    team = db.session.get_one(Team, cast.care_porto)
    team_manager_operations.set_manager(team, the(cast.amara), actor_id=cast.petra.id, at=NOW)
    assert team.manager_id == cast.amara.id
    assert live(cast.dev, Role.MANAGER) == []
    assert [held.granted_by_id for held in live(cast.amara, Role.MANAGER)] == [cast.petra.id]
    verbs = list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))
    assert verbs == ["role granted", "role ended"]
    team_manager_operations.set_manager(team, the(cast.amara), actor_id=cast.petra.id, at=NOW)
    assert len(live(cast.amara, Role.MANAGER)) == 1
