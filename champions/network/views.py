"""The company's help network as a picture with a table: people for owners, teams of five and more for managers."""

from pathlib import Path
from threading import Lock
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_login import current_user
from sqlalchemy import select

from champions.models import ScoringRun
from champions.network.help_map import HelpMap, people_map, team_map
from champions.runs.kept_columns import kept
from champions.shortlist import queries as shortlist_queries
from db import db
from people.access import permission_required, teams_in_scope
from people.models import Team
from people.permissions import Permission

blueprint = Blueprint("help_network", __name__)

_lock = Lock()
_drawn: dict[tuple[str, str, int], HelpMap] = {}
MOST_DRAWN = 4
MOST_NAMES, MOST_LINES = 24, 30


@blueprint.get("/help-network")
@permission_required(Permission.CHAMPIONS_NETWORK_VIEW)
def help_network() -> str:
    """Who helps whom. An owner sees people or teams; a manager the ties of the teams in scope to other teams."""
    everybody = current_user.may_about_all(Permission.CHAMPIONS_NETWORK_VIEW)
    show = "people" if everybody and request.args.get("show") == "people" else "teams"
    run = shortlist_queries.latest_run()
    found = _drawing(run, show) if run else None
    teams = dict(db.session.execute(select(Team.full_name, Team.name)).all())
    if found is not None and not everybody:
        query = select(Team.full_name).where(teams_in_scope(current_user, Permission.CHAMPIONS_NETWORK_VIEW))
        mine = set(db.session.scalars(query))
        found = found.only(lambda line: line.one in mine or line.other in mine)
    names = dict(teams)
    if found is not None and show == "people":
        people = shortlist_queries.people_named(int(node.key) for node in found.nodes)
        names = {str(number): person.name for number, person in people.items()}
        found = found.only(lambda line: line.one in names and line.other in names)
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


def _drawing(run: ScoringRun, show: str) -> HelpMap | None:
    """The picture of a run, drawn once in each web process; None where its data are not at hand."""
    smallest = current_app.config["SMALLEST_GROUP"]
    key = (run.digest, show, smallest)
    with _lock:
        if key not in _drawn:
            columns = kept(run.digest, Path(current_app.config["INSTANCE_DIR"]))
            if columns is None:
                return None
            while len(_drawn) >= MOST_DRAWN:
                _drawn.pop(next(iter(_drawn)))
            _drawn[key] = people_map(columns) if show == "people" else team_map(columns, smallest)
        return _drawn[key]
