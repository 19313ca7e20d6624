"""The shortlist: whom to trust, and why. Bands, never ranks; nobody below the bands."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user

from champions.backtest import verdict_words
from champions.models import NominationState, ScoringRun
from champions.nominations import haste
from champions.scores import unknown_words, view_log
from champions.scoring.result import Band, Verdict
from champions.shortlist import coverage
from champions.shortlist import queries as shortlist_queries
from champions.shortlist.queries import Filter, Listed, LiveChampion
from champions.words import title_of
from db import db, may_write, utcnow
from people.access import permission_required
from people.permissions import Permission
from web import Page, page_number, safe_cell

blueprint = Blueprint("shortlist", __name__)

PEOPLE_A_PAGE = 50
LISTS = (Verdict.NAMED, Verdict.BORDERLINE_ONLY)


@blueprint.get("/shortlist")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def shortlist() -> str:
    """People in the bands of the latest run, nominations that wait, and teams without anybody."""
    latest = shortlist_queries.latest(utcnow())
    run = latest.run
    if run is None:
        return render_template("champions/shortlist_empty.html")
    if run.verdict not in LISTS:
        return _nobody(run)
    everybody = shortlist_queries.people_in_bands(run.id)
    under_way = shortlist_queries.under_way()
    nominations, champions = under_way.nominations, under_way.champions
    decided = {**dict.fromkeys(nominations, "nominated"), **dict.fromkeys(champions, "champion")}
    wanted = Filter(**{field.name: request.args.get(field.name, "") for field in fields(Filter)})
    listed = shortlist_queries.only(everybody, wanted, decided)
    number, size = page_number(), PEOPLE_A_PAGE
    page = Page(listed[(number - 1) * size : number * size], number, len(listed), size)
    html = render_template(
        "champions/shortlist.html",
        run=run,
        page=page,
        everybody={person.employee_id: person for person in everybody},
        sure=[person for person in page.rows if person.band is Band.SURE],
        borderline=[person for person in page.rows if person.band is Band.BORDERLINE],
        counts={band: sum(person.band is band for person in everybody) for band in Band},
        waiting=[
            item
            for item in nominations.values()
            if item.state is NominationState.ACCEPTED and item.employee_id != current_user.id
        ],
        hasty=haste.open_flags() if latest.flags and current_user.may(Permission.CHAMPIONS_RUN_CREATE) else [],
        late_contests=latest.late_contests,
        nominations=nominations,
        champions=champions,
        covered=_coverage(everybody, champions, decided),
        top=max([1.0, *(person.upper for person in everybody)]),
        line=run.card.get("line"),
        kinds=_heaviest_kinds(everybody),
        title_of=title_of,
        unknown=unknown_words.of_person,
        unknown_of_run=unknown_words.of_run(run.card),
        **_choices(everybody),
    )
    _note_views(page.rows, run.id)
    return html


@blueprint.get("/shortlist.csv")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def shortlist_csv() -> Response:
    """The people in the bands as CSV, safe to open in a spreadsheet."""
    run = shortlist_queries.latest_run()
    if run is None:
        abort(404)
    listed = shortlist_queries.people_in_bands(run.id)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "team", "site", "band", "score", "lower", "upper", "evidence"])
    for person in listed:
        score = [f"{value:.4f}" for value in (person.value, person.lower, person.upper)]
        facts = [person.name, person.team, person.site, person.band.value, *score, "; ".join(person.reasons)]
        writer.writerow([safe_cell(cell) for cell in facts])
    _note_views(listed, run.id)
    name = f"shortlist-run-{run.id}.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def _note_views(listed: Sequence[Listed], run_id: int) -> None:
    may_write()
    people = [person.employee_id for person in listed]
    if view_log.note_views(people, viewer_id=current_user.id, run_id=run_id, at=utcnow()):
        db.session.commit()


def _nobody(run: ScoringRun) -> str:
    """A clear statement in place of a list, and what helps."""
    parameters = run.parameters
    return render_template(
        "champions/shortlist_nobody.html",
        run=run,
        said=verdict_words.nobody(run.verdict, run.card, people=run.people, active_days=parameters["active_days"]),
        champions=[champion.name for champion in shortlist_queries.champions().values()],
        unknown_of_run=unknown_words.of_run(run.card),
    )


def _coverage(
    everybody: Sequence[Listed], champions: dict[int, LiveChampion], decided: dict[int, str]
) -> coverage.Coverage:
    """What champions and listed people leave open, and whom of those not decided about yet to choose next."""
    of_champions = [coverage.things_of(item.team, item.site, item.languages) for item in champions.values()]
    of_listed = {
        person.employee_id: coverage.things_of(person.team, person.site, person.languages) for person in everybody
    }
    chosen = [things for person, things in of_listed.items() if person in decided]
    open_ones = {person: things for person, things in of_listed.items() if person not in decided}
    return coverage.coverage(shortlist_queries.groups(), [*of_champions, *chosen], open_ones)


def _heaviest_kinds(listed: list[Listed]) -> list[str]:
    """The kinds of outcome by how much they bring to the scores shown, the heaviest first, five at most."""
    totals: dict[str, float] = {}
    for person in listed:
        for kind, part in person.parts.items():
            totals[kind] = totals.get(kind, 0.0) + part
    return sorted((kind for kind in totals if totals[kind] > 0), key=lambda kind: -totals[kind])[:5]


def _choices(listed: list[Listed]) -> dict[str, list[str]]:
    """What the filters offer: only what occurs in the list."""
    return {
        "teams": sorted({person.team for person in listed if person.team}),
        "sites": sorted({person.site for person in listed if person.site}),
        "languages": sorted({one for person in listed for one in person.languages.split(";") if one}),
        "channels": sorted({channel for person in listed for channel in person.facts.get("channels", ())}),
    }
