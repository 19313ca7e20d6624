"""The page of those whom only one of the two ways finds: the score, or their colleagues."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from champions.naming.both_ways import MEANING, Found, FoundBy, Narrowed, found
from champions.naming.count_queries import last_counted
from champions.rules.naming import FEWEST_GIVERS
from champions.scores import view_log
from champions.shortlist.queries import latest_run
from db import db, may_write, utcnow
from people.access import permission_required
from people.permissions import Permission
from web import PAGE_SIZE, Page, page_number

blueprint = Blueprint("both_ways", __name__)


@blueprint.get("/both-ways")
@permission_required(Permission.CHAMPIONS_SHORTLIST_VIEW)
def both_ways() -> str:
    """People in a band whom few name, and people whom many name who are in no band."""
    run, row = latest_run(), last_counted()
    if run is None or row is None:
        return render_template("champions/naming/both_ways_none.html", run=run)
    everybody = found(run.id)
    wanted = _wanted()
    listed = [one for one in everybody if wanted.fits(one)]
    number = page_number()
    page = Page(listed[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(listed))
    html = render_template(
        "champions/naming/both_ways.html",
        run=run,
        row=row,
        page=page,
        wanted=wanted,
        counts={by: sum(one.by is by for one in everybody) for by in FoundBy},
        meaning=MEANING,
        fewest=FEWEST_GIVERS,
        topics=sorted({item.topic for one in everybody for item in one.named}),
        teams=sorted({one.team for one in everybody if one.team}),
        sites=sorted({one.site for one in everybody if one.site}),
    )
    _note_views(list(page.rows), run.id)
    return html


def _wanted() -> Narrowed:
    by, args = request.args.get("by", ""), request.args
    return Narrowed(
        by=FoundBy(by) if by in set(FoundBy) else None,
        topic=args.get("topic", ""),
        team=args.get("team", ""),
        site=args.get("site", ""),
    )


def _note_views(listed: list[Found], run_id: int) -> None:
    """A band says something about a score: that somebody looked is noted, as on the shortlist."""
    may_write()
    people = [one.employee_id for one in listed if one.band is not None]
    if view_log.note_views(people, viewer_id=current_user.id, run_id=run_id, at=utcnow()):
        db.session.commit()
