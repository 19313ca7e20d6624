"""Who is signed in, what they may do about whom, and the guard before every page."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.exceptions import NotFound

from db import db, utcnow
from people import access
from people.access import access_employee, access_team, in_scope, teams_in_scope
from people.models import Employee, Role, RoleGrant, Team
from people.permissions import EMPLOYEE, GRANTS, Permission, Scope
from people.sign_in.operations import begin_session
from people.viewer import load_viewer
from tests.support.databases import make_app

P = Permission


def viewer_of(person, at=None):
    token = begin_session(db.session.get_one(Employee, person.id), at=utcnow(), hours=1, browser="")
    return load_viewer(token, at or utcnow())


def names_in_scope(viewer, permission):
    return set(db.session.scalars(select(Employee.email).where(in_scope(viewer, permission))))


def mails(*people):
    return {person.email for person in people}


def grant(person, role, *, team=None, starts=-1, ends=None):
    at = utcnow()
    ends_at = at + timedelta(days=ends) if ends is not None else None
    starts_at = at + timedelta(days=starts)
    db.session.add(RoleGrant(employee_id=person.id, role=role, team_id=team, starts_at=starts_at, ends_at=ends_at))
    db.session.flush()


def test_permissions_are_in_alphabetical_order_and_read_feature_object_verb():
    assert list(Permission) == sorted(Permission)
    assert all(permission.count(":") == 2 for permission in Permission)
    assert all(permission.name == permission.upper().replace(":", "_") for permission in Permission)


def test_every_permission_is_held_by_somebody():
    held = set(EMPLOYEE).union(*GRANTS.values())
    assert held == set(Permission)


def test_the_viewer_is_read_in_one_statement(cast, statements):
    token = begin_session(db.session.get_one(Employee, cast.dev.id), at=utcnow(), hours=1, browser="")
    with statements() as sent:
        viewer = load_viewer(token, utcnow())
    assert len(sent) == 1, str(sent)
    assert (viewer.name, viewer.team_name, viewer.roles) == ("Dev Marrowick", "Care", {Role.MANAGER})


def test_an_unknown_token_is_nobody(cast):
    assert load_viewer("no such token", utcnow()) is None


def test_everybody_sees_their_own_and_no_other_score(cast):
    assert names_in_scope(viewer_of(cast.ben), P.CHAMPIONS_SCORE_VIEW) == mails(cast.ben)
    assert names_in_scope(viewer_of(cast.amara), P.CHAMPIONS_SCORE_VIEW) == mails(cast.amara)
    assert names_in_scope(viewer_of(cast.dev), P.CHAMPIONS_SCORE_VIEW) == mails(cast.dev)


def test_the_owner_and_a_reviewer_see_everybody_s(cast):
    for person in (cast.petra, cast.rafa):
        assert names_in_scope(viewer_of(person), P.CHAMPIONS_SCORE_VIEW) == mails(*cast.people)


def test_a_manager_reaches_the_team_and_the_teams_below_it_alone(cast):
    grant(cast.carla, Role.MANAGER, team=cast.care)
    porto = mails(cast.amara, cast.otto, cast.ben, cast.lena)
    assert names_in_scope(viewer_of(cast.dev), P.REPORTS_TEAM_VIEW) == porto
    assert names_in_scope(viewer_of(cast.carla), P.REPORTS_TEAM_VIEW) == porto | mails(cast.dev, cast.carla)
    teams = set(db.session.scalars(select(Team.id).where(teams_in_scope(viewer_of(cast.carla), P.REPORTS_TEAM_VIEW))))
    assert teams == {cast.care, cast.care_porto, cast.care_leeds}


def test_a_team_whose_number_begins_alike_is_not_below(cast):
    team = db.session.get_one(Team, cast.sales)
    team.path = db.session.get_one(Team, cast.care_porto).path.removesuffix("/") + "0/"
    db.session.flush()
    assert cast.tomas.email not in names_in_scope(viewer_of(cast.dev), P.REPORTS_TEAM_VIEW)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"), [(-2, None, True), (-2, 1, True), (-2, -1, False), (1, None, False)]
)
def test_a_role_holds_from_its_start_to_its_end(cast, starts, ends, holds):
    grant(cast.ben, Role.OWNER, starts=starts, ends=ends)
    viewer = viewer_of(cast.ben)
    assert (Role.OWNER in viewer.roles) is holds
    assert viewer.may_about_all(P.CHAMPIONS_SCORE_VIEW) is holds
    assert viewer.may(P.CHAMPIONS_SCORE_VIEW)


def test_two_roles_add_up(cast):
    grant(cast.amara, Role.MANAGER, team=cast.sales)
    viewer = viewer_of(cast.amara)
    assert viewer.roles == {Role.TRAINER, Role.MANAGER}
    assert {scope for scope, _ in viewer.scopes(P.TRAINING_ATTEMPT_REVIEW)} == {Scope.OWN, Scope.LEARNERS}
    assert names_in_scope(viewer, P.REPORTS_TEAM_VIEW) == mails(cast.mina, cast.tomas)


def test_what_is_out_of_scope_is_as_if_it_did_not_exist(cast):
    ben = viewer_of(cast.ben)
    assert access_employee(ben, cast.ben.id, P.CHAMPIONS_SCORE_VIEW).id == cast.ben.id
    for employee_id in (cast.carla.id, 999_999):
        with pytest.raises(NotFound):
            access_employee(ben, employee_id, P.CHAMPIONS_SCORE_VIEW)
    dev = viewer_of(cast.dev)
    assert access_team(dev, cast.care_porto, P.REPORTS_TEAM_VIEW).id == cast.care_porto
    for team_id in (cast.care, cast.care_leeds, cast.sales, 999_999):
        with pytest.raises(NotFound):
            access_team(dev, team_id, P.REPORTS_TEAM_VIEW)


def test_a_permission_that_is_not_held_opens_no_door(cast):
    assert names_in_scope(viewer_of(cast.ben), P.PEOPLE_DIRECTORY_EDIT) == set()
    with pytest.raises(NotFound):
        access_employee(viewer_of(cast.dev), cast.ben.id, P.PEOPLE_DIRECTORY_EDIT)


@pytest.fixture
def guarded(database) -> Flask:
    """An application with a view that declares nothing, and one that declares a permission."""
    app = make_app(database.settings)
    app.add_url_rule("/undeclared", "undeclared", lambda: "shown", methods=["GET", "POST"])
    declared = access.permission_required(P.PEOPLE_AUDIT_VIEW)(lambda: "shown")
    app.add_url_rule("/declared", "declared", declared)
    app.add_url_rule("/open", "open", access.public(lambda: "shown"))
    return app


def test_a_view_that_declares_nothing_is_refused_to_everybody(app, cast, client_of, guarded):
    for person in (cast.petra, cast.ben):
        cookie = client_of(person).get_cookie("session").value
        client = guarded.test_client()
        client.set_cookie("session", cookie)
        assert client.get("/undeclared").status_code == 403
        assert client.post("/undeclared").status_code == 403
        assert client.get("/open").status_code == 200
        assert client.get("/declared").status_code == (200 if person is cast.petra else 403)


def test_nobody_signed_in_is_led_to_the_sign_in_page(cast, guarded):
    client = guarded.test_client()
    assert client.get("/declared?a=1").location == "/sign-in?next=/declared?a%3D1"
    assert client.post("/undeclared").location == "/sign-in"
    assert client.get("/open").status_code == 200


def test_a_grant_to_somebody_who_left_opens_nothing(cast, client_of):
    client = client_of(cast.petra)
    assert client.get("/account").status_code == 200
    db.session.execute(update(Employee).where(Employee.id == cast.petra.id).values(deactivated_at=utcnow()))
    assert client.get("/account").status_code == 302
