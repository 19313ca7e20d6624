"""Makes the demo company: a maker of household appliances with some 400 people, every one of them made up.

Its year has the shape of real communities. Measured by `samples.company.shape` on every year of three of them, and
here for seeds 0 to 79 (tests hold it to these ranges):

    figure                                          se_cardano  se_travel     git_credits   here
    events by the busiest 1 in 100 of the active    0.20        0.39 to 0.56  0.44 to 0.63  0.11 to 0.24
    events by the busiest 10 in 100                 0.57        0.75 to 0.80  0.81 to 0.89  0.51 to 0.67
    known people without an event (first 3 years)   0           0.18 to 0.44  0 to 0.32     0.21 to 0.29
    of the active, first event in the second half   0.49        0.42 to 0.49  0.27 to 0.47  0.26 to 0.38
    comments among questions, answers, comments     0.42        0.58 to 0.75                0.49 to 0.59
    answers to a question that was answered         1.59        1.50 to 2.18                1.62 to 1.74
    of these questions, with one answer only        0.60        0.40 to 0.69                0.56 to 0.62
    accepted of 100 answers                         28          23 to 32                    26 to 31
    events on weekends                              0.20        0.17 to 0.22  0.03 to 0.30  0.09 to 0.19

Where staff differ from the public, the gentler end is taken: everybody is known, talks with customers as part of the
job, and has shifts; so the tail is that of the smallest community, and the median is some 15 events, not two.

The spread of true success rates among people with 20 answers or more is 0.10 in `se_travel` and in `se_cardano`, and
volume says little about it (correlation 0.15 and 0.19). Here, skill is drawn apart from volume.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from samples.company import outcomes
from samples.company.abilities import Abilities
from samples.company.casting import cast_of
from samples.company.chance import stream
from samples.company.crowd import Crowd
from samples.company.drafts import DraftEvent, DraftOutcome, number_events, number_outcomes
from samples.company.mishaps import add_mishaps, players
from samples.company.nature import shape_people
from samples.company.records import Company, LibraryText
from samples.company.rhythm import Window
from samples.company.staffing import hire
from samples.company.talk import posts, talk, votes
from samples.company.texts import library
from samples.company.threads import customer_threads, staff_threads

YEAR = timedelta(days=365)
NO_LESSONS: Mapping[str, date] = {}


def generate(seed: int, today: date, lessons: Mapping[str, date] = NO_LESSONS) -> Company:
    """The company as it stands on the morning of `today`: 412 people, and what happened in the 365 days before.

    `seed` is 0 or above. The same seed, day and lessons give the same company, to the byte. `lessons` has the first
    day of lessons of people who took them: from then on more of what they try succeeds. Lessons change outcomes and
    votes alone; people and what they write stay the same.
    """
    window = Window(today - YEAR, today)
    staff = hire(stream(seed, "staff"), window.first, today)
    natures, habits = shape_people(stream(seed, "nature"), staff, window)
    crowd = Crowd(tuple(habits.values()))
    texts = library(stream(seed, "library"))
    year = _Year(seed, crowd, texts, window)
    added = add_mishaps(stream(seed, "mishaps"), crowd, natures, year.written, texts, window)
    skill = Abilities(natures, lessons)
    events, names = number_events(year.events(skill) + added.events)
    results = outcomes.before(year.outcomes(skill) + added.outcomes, window.end)
    return Company(
        seed=seed,
        today=today,
        people=staff.people,
        teams=staff.teams,
        events=events,
        outcomes=number_outcomes(results, names),
        library=texts,
        natures=natures,
        mishaps=added.mishaps,
        cast=cast_of(staff.people, staff.teams, events, players(added.mishaps), today),
    )


class _Year:
    """What everybody does in a year, mishaps apart, and what comes of it."""

    def __init__(self, seed: int, crowd: Crowd, texts: tuple[LibraryText, ...], window: Window) -> None:
        self._seed, self._crowd, self._window = seed, crowd, window
        self._answered, self._served = customer_threads(stream(seed, "customers"), crowd, window)
        self._internal = staff_threads(stream(seed, "colleagues"), crowd)
        self._threads = [*self._answered, *self._served, *self._internal]
        self.written = posts(stream(seed, "posts"), crowd, texts)
        self.written += [answer for thread in self._threads for answer in thread.answers]

    def events(self, skill: Abilities) -> list[DraftEvent]:
        """Questions, what was written, the talk about it, and the votes that it got."""
        seed, forums = self._seed, [*self._answered, *self._internal]
        return [
            *(thread.question for thread in self._threads),
            *self.written,
            *talk(stream(seed, "talk"), self._crowd, self.written),
            *votes(stream(seed, "votes"), forums, skill, self._window.end),
        ]

    def outcomes(self, skill: Abilities) -> list[DraftOutcome]:
        """All that comes of it, also what is known only after the year."""
        seed, forums = self._seed, [*self._answered, *self._internal]
        return [
            *outcomes.accepted(stream(seed, "accepted"), forums, skill),
            *outcomes.decisions(stream(seed, "decisions"), self._answered, skill),
            *outcomes.service_issues(stream(seed, "issues"), self._served, skill),
            *outcomes.adopted(stream(seed, "ideas"), self.written, skill),
        ]
