"""Small made-up communities for the tests of the engine, as lists of rows that can be shuffled and renamed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from champions.scoring.building import ColumnsBuilder
from champions.scoring.columns import Columns
from champions.scoring.fading import DAY

NOW = 20_000 * DAY
Row = tuple[object, ...]


@dataclass(frozen=True)
class Community:
    """Rows of people, events and outcomes, as the arguments of `ColumnsBuilder`."""

    people: tuple[dict[str, object], ...]
    events: tuple[dict[str, object], ...]
    outcomes: tuple[dict[str, object], ...]

    def columns(self) -> Columns:
        """The same as columns."""
        builder = ColumnsBuilder()
        for row in self.people:
            builder.person(**row)  # type: ignore[arg-type]
        for row in self.events:
            builder.event(**row)  # type: ignore[arg-type]
        for row in self.outcomes:
            builder.outcome(**row)  # type: ignore[arg-type]
        return builder.columns()

    def shuffled(self, seed: int) -> "Community":
        """The same rows in another order."""
        random = np.random.default_rng(seed)
        return Community(*(tuple(rows[i] for i in random.permutation(len(rows))) for rows in self._tables()))

    def renamed(self, name: Callable[[str], str]) -> "Community":
        """The same with other ids of people."""
        columns = ("person", "actor", "target")

        def changed(row: dict[str, object]) -> dict[str, object]:
            return {key: name(str(value)) if key in columns and value else value for key, value in row.items()}

        return Community(*(tuple(changed(row) for row in rows) for rows in self._tables()))

    def with_more(self, events: list[dict[str, object]], outcomes: list[dict[str, object]]) -> "Community":
        """The same with more rows."""
        return replace(self, events=self.events + tuple(events), outcomes=self.outcomes + tuple(outcomes))

    def beside(self, other: "Community") -> "Community":
        """Both, side by side."""
        return Community(*(mine + theirs for mine, theirs in zip(self._tables(), other._tables(), strict=True)))

    def _tables(self) -> tuple[tuple[dict[str, object], ...], ...]:
        return self.people, self.events, self.outcomes


def grown(seed: int, people: int = 40, threads: int = 120, prefix: str = "p", linked: bool = True) -> Community:
    """Questions, answers, votes, comments and accepted answers of two years; people differ in zeal and skill.

    With `linked`, acceptances name the answer and issues found stand beside them without attempts.
    """
    random = np.random.default_rng(seed)
    zeal, skill = random.gamma(0.7, 1.0, people) + 0.05, random.beta(2, 4, people)
    zeal /= zeal.sum()
    names = [f"{prefix}{number:03d}" for number in range(people)]
    members: list[dict[str, object]] = [
        {"person": name, "team": f"team {number % 5}", "site": f"site {number % 2}", "job": f"job {number % 3}"}
        for number, name in enumerate(names)
    ]
    events: list[dict[str, object]] = []
    outcomes: list[dict[str, object]] = []
    for thread in range(threads):
        asked = NOW - float(random.uniform(1, 730)) * DAY
        asker = int(random.integers(people))
        question = f"{prefix}q{thread}"
        events.append(
            {"at": asked, "actor": names[asker], "verb": "question", "name": question, "channel": f"c{thread % 7}"}
        )
        helpers = random.choice(people, size=min(3, people), replace=False, p=zeal)
        for helper in helpers[helpers != asker].tolist():
            at, answer = asked + float(random.exponential(1)) * DAY, f"{question}a{helper}"
            towards = {"target": names[asker], "parent": question, "channel": f"c{thread % 7}"}
            events.append({"at": at, "actor": names[helper], "verb": "answer", "name": answer, **towards})
            votes = float(random.poisson(4 * skill[helper]))
            events.append({"at": at, "actor": "", "verb": "vote", "parent": answer, "magnitude": votes})
            if random.random() < skill[helper]:
                link = answer if linked else None
                outcomes.append({"at": at + DAY, "person": names[helper], "kind": "accepted", "event": link})
            if random.random() < 0.2 * skill[helper]:
                outcomes.append({"at": at, "person": names[helper], "kind": "issue_found"})
    return Community(tuple(members), tuple(events), tuple(outcomes))
