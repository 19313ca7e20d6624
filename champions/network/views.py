"""The company's help network as a picture with a table: people for owners, teams of five and more for managers."""

from pathlib import Path
from threading import Lock
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask_login import current_user
from sqlalchemy import select

from champions.models import ScoringRun
from champions.network.help_map import MOST_PEOPLE, MOST_POINTS, HelpMap, people_map, team_map
from champions.runs.kept_columns import kept
from champions.shortlist import queries as shortlist_queries
from db import db
from people.access import permission_required, teams_in_scope
from people.models import Team
from people.permissions import Permission

blueprint = Blueprint("help_network", __name__)

_lock = Lock()
_drawn: dict[tuple[str, str, int, int], HelpMap] = {}
MOST_DRAWN = 4
MOST_NAMES, MOST_LINES = 24, 30


@blueprint.get("/help-network")
@permission_required(Permission.CHAMPIONS_NETWORK_VIEW)
def help_network() -> str:
    """Who helps whom. An owner sees people or teams; a manager the ties of the teams in scope to other teams."""
    everybody, show = _shown()
    run = shortlist_queries.latest_run()
    found, names = _in_scope(run, show, MOST_PEOPLE)
    return render_template(
        "champions/help_network.html",
        run=run,
        found=found,
        show=show,
        everybody=everybody,
        names=names,
        smallest=current_app.config["SMALLEST_GROUP"],
        **(_picture(found, names) if found else {}),
    )


@blueprint.get("/help-network/points")
@permission_required(Permission.CHAMPIONS_NETWORK_VIEW)
def points() -> Response:
    """The same for a few thousand, as JSON for the picture that is drawn in the browser: places in [0, 1].

    `nodes` are x, y, name, times helped others, times was helped; `lines` are two places in `nodes` and how often.
    """
    _, show = _shown()
    found, names = _in_scope(shortlist_queries.latest_run(), show, MOST_POINTS)
    if found is None:
        abort(404)
    place = {node.key: number for number, node in enumerate(found.nodes)}
    nodes = [
        [round(node.x, 4), round(node.y, 4), names.get(node.key, node.key), node.given, node.received]
        for node in found.nodes
    ]
    return jsonify(nodes=nodes, lines=[[place[line.one], place[line.other], line.times] for line in found.lines])


def _shown() -> tuple[bool, str]:
    """Whether the viewer may see everybody, and what is shown: people, or teams."""
    everybody = current_user.may_about_all(Permission.CHAMPIONS_NETWORK_VIEW)
    return everybody, "people" if everybody and request.args.get("show") == "people" else "teams"


def _in_scope(run: ScoringRun | None, show: str, most: int) -> tuple[HelpMap | None, dict[str, str]]:
    """What the viewer may see of a run's picture, and the names in it."""
    found = _drawing(run, show, most) if run else None
    names: dict[str, str] = dict(db.session.execute(select(Team.full_name, Team.name)).all())
    if found is None:
        return None, names
    if not current_user.may_about_all(Permission.CHAMPIONS_NETWORK_VIEW):
        query = select(Team.full_name).where(teams_in_scope(current_user, Permission.CHAMPIONS_NETWORK_VIEW))
        mine = set(db.session.scalars(query))
        return found.only(lambda line: line.one in mine or line.other in mine), names
    if show == "people":
        people = shortlist_queries.people_named(int(node.key) for node in found.nodes)
        names = {str(number): person.name for number, person in people.items()}
        return found.only(lambda line: line.one in names and line.other in names), names
    return found, names


def _picture(found: HelpMap, names: dict[str, str]) -> dict[str, Any]:
    """Places in a picture of 960 by 600, who gets a name in it, and the strongest lines for the table."""
    at = {node.key: (round(60 + 840 * node.x, 1), round(40 + 520 * node.y, 1)) for node in found.nodes}
    by_ties = sorted(found.nodes, key=lambda node: -(node.given + node.received))
    return {
        "at": at,
        "radius": lambda node: round(4 + 1.2 * min(node.people, 100) ** 0.5, 1),
        "labelled": {node.key for node in by_ties[:MOST_NAMES]},
        "by_name": sorted(found.nodes, key=lambda node: (names.get(node.key, node.key), node.key)),
        "strongest": sorted(found.lines, key=lambda line: (-line.times, line.one, line.other))[:MOST_LINES],
    }


def _drawing(run: ScoringRun, show: str, most: int) -> HelpMap | None:
    """The picture of a run, drawn once in each web process; None where its data are not at hand."""
    smallest = current_app.config["SMALLEST_GROUP"]
    key = (run.digest, show, smallest, most)
    with _lock:
        if key not in _drawn:
            columns = kept(run.digest, Path(current_app.config["INSTANCE_DIR"]))
            if columns is None:
                return None
            while len(_drawn) >= MOST_DRAWN:
                _drawn.pop(next(iter(_drawn)))
            _drawn[key] = people_map(columns, most) if show == "people" else team_map(columns, smallest)
        return _drawn[key]
