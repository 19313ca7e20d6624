"""What did the training change? Those who began by lot against those who wait for their turn."""

from flask import Blueprint, abort, render_template, request

from champions.words import title_of
from people.access import permission_required
from people.permissions import Permission
from reports.effect.comparing import find_effect
from reports.effect.queries import SETTLING, courses_drawn
from reports.measures.staggered import FEWEST_PEOPLE, FEWEST_RESULTS, Verdict

blueprint = Blueprint("effect", __name__)


@blueprint.get("/reports/effect")
@permission_required(Permission.REPORTS_EFFECT_VIEW)
def effect() -> str:
    """The comparison for a course that has waves; it names groups of five and more, and no person."""
    courses = courses_drawn()
    asked = request.args.get("course")
    chosen = next((one for one in courses if one[1] == asked), None) if asked else next(iter(courses), None)
    if asked and chosen is None:
        abort(404)
    return render_template(
        "reports/effect.html",
        courses=courses,
        found=find_effect(*chosen) if chosen else None,
        title_of=title_of,
        Verdict=Verdict,
        settling=SETTLING.days,
        fewest_people=FEWEST_PEOPLE,
        fewest_results=FEWEST_RESULTS,
    )
