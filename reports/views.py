"""The manager's report: what came of it, for whom, and what to do. Page, CSV and print."""

import csv
import io
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from champions.words import title_of
from db import utcnow
from people.access import permission_required, teams_in_scope
from people.permissions import Permission
from reports import team_queries
from reports import team_report as reporting
from reports.team_queries import TeamRow
from reports.team_report import TeamReport
from training.certificates import queries as certificate_queries
from training.rules.standing import Status
from web import MONTHS, Page, page_number, safe_cell, zone_of

blueprint = Blueprint("team_report", __name__)


@blueprint.get("/reports")
@permission_required(Permission.REPORTS_TEAM_VIEW)
def team_report() -> AnyResponse | str:
    """The report about the highest team one is responsible for."""
    teams = _teams()
    tops = [team for team in teams.values() if team.parent_id not in teams]
    if not tops:
        return render_template("reports/no_team.html")
    return redirect(url_for("team_report.team", team_id=tops[0].id))


@blueprint.get("/reports/teams/<int:team_id>")
@permission_required(Permission.REPORTS_TEAM_VIEW)
def team(team_id: int) -> str:
    """The report about one team and the teams below it."""
    teams, row = _access(team_id)
    smallest = current_app.config["SMALLEST_GROUP"]
    others = [one for one in teams.values() if reporting.may_be_shown(teams, one, smallest)]
    if not reporting.may_be_shown(teams, row, smallest):
        return render_template("reports/too_small.html", team=row, smallest=smallest, others=others)
    report = _built(teams, row)
    number = page_number()
    waiting = report.waiting
    return render_template(
        "reports/team.html",
        report=report,
        waiting=Page(waiting[(number - 1) * 20 : number * 20], number, len(waiting), 20),
        others=others,
        certificates=_certificates(row),
        Status=Status,
        smallest=smallest,
        title_of=title_of,
        month_name=lambda text: MONTHS[int(text[5:]) - 1][:3],
    )


@blueprint.get("/reports/teams/<int:team_id>.csv")
@permission_required(Permission.REPORTS_TEAM_VIEW)
def team_csv(team_id: int) -> Response:
    """The learners of a team with status and reason as CSV; no score, no answer, safe for a spreadsheet."""
    teams, row = _access(team_id)
    report = _built(teams, row)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "team", "status", "reason", "modules done", "modules", "due", "next"])
    for one in report.learners:
        done, due = one.progress, one.due_on.isoformat() if one.due_on else ""
        status = one.standing.status.value.replace("_", " ")
        cells = [
            one.name,
            one.team,
            status,
            one.standing.words,
            done.modules_done,
            done.modules,
            due,
            one.step.kind.value,
        ]
        writer.writerow([safe_cell(cell) for cell in cells])
    headers = {"Content-Disposition": f"attachment; filename=team-{team_id}.csv"}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def _certificates(row: TeamRow) -> dict[str, Any]:
    """Whose certificates are to be renewed; numbers by course, but none about a small group."""
    criterion, today, smallest = team_queries.below(row), _today(), current_app.config["SMALLEST_GROUP"]
    standings = certificate_queries.standings(criterion, today)
    return {
        "standings": [one for one in standings if one.valid + one.in_window + one.expired >= smallest],
        "hidden": any(one.valid + one.in_window + one.expired < smallest for one in standings),
        "expiring": certificate_queries.expiring(criterion, today),
    }


def _access(team_id: int) -> tuple[dict[int, TeamRow], TeamRow]:
    """The teams in scope, and the one asked for; 404 when it is out of scope."""
    teams = _teams()
    if team_id not in teams:
        abort(404)
    return teams, teams[team_id]


def _teams() -> dict[int, TeamRow]:
    return team_queries.tree(teams_in_scope(current_user, Permission.REPORTS_TEAM_VIEW), _today())


def _built(teams: dict[int, TeamRow], row: TeamRow) -> TeamReport:
    return reporting.build(teams, row, _today(), current_app.config["SMALLEST_GROUP"])


def _today() -> date:
    return utcnow().astimezone(zone_of(current_user.time_zone)).date()
