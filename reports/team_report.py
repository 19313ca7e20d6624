"""The manager's report about one team, put together from its queries: figures, tables, and what may be shown."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from champions.runs.operations import chosen_parameters
from reports import team_queries
from reports.measures.shares import Change, Share, change, months_before, share
from reports.measures.suppression import Group, Grouping, grouped
from reports.team_queries import OutcomeSum, TeamRow
from training.learners.progress import CourseShape, LearnerProgress, course_shape, learners_in
from training.rules.standing import Status

STARTER = "talking-with-customers"
SPAN = 3
OLD_NEWS_DAYS = 62
"""With no outcome for this long nothing is imported any more, and the twelve months end where the outcomes do."""


@dataclass(frozen=True)
class DeskRow:
    """One row of a table by team: its learners by status, its outcomes."""

    team_id: int | None
    name: str
    people: int
    learners: int
    statuses: dict[Status, int]
    outcomes: float
    by_month: dict[str, float]


@dataclass(frozen=True)
class TeamReport:
    """Everything that the page, the CSV and the print show."""

    team: TeamRow
    today: date
    until: date  # the last day of outcomes that are old news, or today
    course: CourseShape | None
    learners: Sequence[LearnerProgress]
    statuses: dict[Status, int]
    rows: Sequence[DeskRow]
    grouping: Grouping
    months: Sequence[str]
    by_month: dict[str, float]
    by_kind: Sequence[tuple[str, float]]
    difference: Change | None
    learnt: dict[str, Share]
    learnt_people: int
    champions: Sequence[str]

    @property
    def waiting(self) -> Sequence[LearnerProgress]:
        """Learners who need attention or are at risk, the most urgent first."""
        order = {Status.NEEDS_ATTENTION: 0, Status.AT_RISK: 1}
        urgent = [one for one in self.learners if one.standing.status in order]
        return sorted(urgent, key=lambda one: (order[one.standing.status], one.due_on or date.max, one.name))


def desks(teams: dict[int, TeamRow], team: TeamRow, smallest: int) -> Grouping:
    """What a table of the teams directly below `team` may show; people directly in it are a group of their own."""
    groups = [Group(row.id, row.name, row.people) for row in teams.values() if row.parent_id == team.id]
    if groups and team.direct:
        groups.append(Group(team.id, f"{team.name}, directly", team.direct))
    return grouped(groups, smallest)


def may_be_shown(teams: dict[int, TeamRow], team: TeamRow, smallest: int) -> bool:
    """Whether a page about `team` gives away no small group: it stands alone in each table above it."""
    if team.people < smallest:
        return False
    above = teams.get(team.parent_id or 0)
    if above is None:
        return True
    return desks(teams, above, smallest).shows(team.id) and may_be_shown(teams, above, smallest)


def build(teams: dict[int, TeamRow], team: TeamRow, today: date, smallest: int) -> TeamReport:
    """Put the report about one team together: about eight statements whatever its size."""
    criterion = team_queries.below(team)
    course = course_shape(STARTER)
    learners = learners_in(course, criterion, today) if course else []
    until = min(today, team_queries.newest_outcome() or today)
    until = until if (today - until).days > OLD_NEWS_DAYS else today
    months = [f"{month:%Y-%m}" for month in months_before(until)]
    outcomes = _results(team_queries.outcomes_by_team(criterion, months_before(until)[0]))
    grouping = desks(teams, team, smallest)
    by_month, by_kind = _sums(outcomes)
    answers = team_queries.first_answers(course.id, criterion) if course else {}
    enough = {about for about, row in answers.items() if row[2] >= smallest}
    return TeamReport(
        team=team,
        today=today,
        until=until,
        course=course,
        learners=learners,
        statuses=dict(Counter(one.standing.status for one in learners)),
        rows=_desk_rows(teams, team, grouping, learners, outcomes),
        grouping=grouping,
        months=months,
        by_month=by_month,
        by_kind=sorted(by_kind.items(), key=lambda item: -item[1]),
        difference=change(
            [by_month.get(month, 0.0) for month in months[:SPAN]],
            [by_month.get(month, 0.0) for month in months[-1 - SPAN : -1]],
        ),
        learnt={about: share(answers[about][0], answers[about][1]) for about in sorted(enough)},
        learnt_people=max((row[2] for row in answers.values()), default=0),
        champions=team_queries.champions_among(criterion, today),
    )


def _results(outcomes: list[OutcomeSum]) -> list[OutcomeSum]:
    """Only kinds that are worth something: attention and points are no results."""
    parameters = chosen_parameters()
    return [row for row in outcomes if parameters.worth_of(row[2]) > 0]


def _sums(outcomes: list[OutcomeSum]) -> tuple[dict[str, float], dict[str, float]]:
    by_month: dict[str, float] = defaultdict(float)
    by_kind: dict[str, float] = defaultdict(float)
    for _, month, kind, value in outcomes:
        by_month[month] += value
        by_kind[kind] += value
    return dict(by_month), dict(by_kind)


def _desk_rows(
    teams: dict[int, TeamRow],
    team: TeamRow,
    grouping: Grouping,
    learners: Sequence[LearnerProgress],
    outcomes: list[OutcomeSum],
) -> list[DeskRow]:
    row_of = _row_of(teams, team, grouping)
    statuses: dict[int, Counter[Status]] = defaultdict(Counter)
    sums: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in learners:
        statuses[row_of.get(one.team_id or 0, 0)][one.standing.status] += 1
    for team_id, month, _, value in outcomes:
        sums[row_of.get(team_id, 0)][month] += value
    shown = [(group.key, group.name, group.people) for group in grouping.shown]
    if grouping.together:
        names = " and ".join(group.name for group in grouping.together[:3])
        more = len(grouping.together) - 3
        shown.append((0, names + (f" and {more} more" if more > 0 else ""), grouping.people_together))
    return [
        DeskRow(
            team_id=key or None,
            name=name,
            people=people,
            learners=sum(statuses[key].values()),
            statuses=dict(statuses[key]),
            outcomes=sum(sums[key].values()),
            by_month=dict(sums[key]),
        )
        for key, name, people in shown
    ]


def _row_of(teams: dict[int, TeamRow], team: TeamRow, grouping: Grouping) -> dict[int, int]:
    """Which row (key of a group shown, 0 for those together) the people of each team belong to."""
    rows = {}
    for group in grouping.shown:
        if group.key == team.id:
            rows[team.id] = team.id
            continue
        rows.update({row.id: group.key for row in teams.values() if row.path.startswith(teams[group.key].path)})
    return rows
