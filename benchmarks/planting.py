"""Planting games into real columns: rows are added, nothing else is changed."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from champions.scoring.columns import Columns, People
from champions.scoring.fading import DAY

ANSWER, QUESTION, POST, MENTION = "answer", "question", "post", "mention"


@dataclass
class Plant:
    """Rows to add to `columns`, as if made in the last weeks before `as_of`. `rows` counts what an attacker pays."""

    columns: Columns
    as_of: float
    kind: str
    random: np.random.Generator
    events: list[tuple[float, int, int, str, int, bool]] = field(default_factory=list)
    outcomes: list[tuple[float, int, int]] = field(default_factory=list)
    new_people: int = 0

    @property
    def rows(self) -> int:
        """How many rows were planted."""
        return len(self.events) + len(self.outcomes)

    def account(self) -> int:
        """A new account."""
        self.new_people += 1
        return len(self.columns.people) + self.new_people - 1

    def when(self, days: float = 90.0) -> float:
        """A moment in the last `days`."""
        return self.as_of - float(self.random.uniform(1, days)) * DAY

    def act(self, actor: int, verb: str, *, target: int = -1, at: float | None = None, is_copy: bool = False) -> int:
        """One event; its number among the planted ones."""
        self.events.append((at or self.when(), actor, target, verb, -1, is_copy))
        return len(self.events) - 1

    def helped(self, helper: int, asker: int) -> None:
        """The asker asks, the helper answers, and the asker confirms it at once."""
        at = self.when()
        if ANSWER in self.columns.events.verb_names:
            self.events.append((at - DAY / 2, asker, -1, QUESTION, -1, False))
            question = len(self.events) - 1
            self.events.append((at, helper, asker, ANSWER, question, False))
        else:
            self.events.append((at, helper, -1, POST, -1, False))
            self.events.append((at, asker, helper, MENTION, -1, False))
        self.outcomes.append((at + DAY / 4, helper, len(self.events) - 1))

    def grown(self) -> Columns:
        """The columns with the planted rows."""
        events, outcomes, first = self.columns.events, self.columns.outcomes, len(self.columns.events)
        verbs = events.verb_names + tuple(
            sorted({row[3] for row in self.events} - set(events.verb_names))
        )  # fmt: skip
        at, actor, target, verb, parent, copied = zip(*self.events, strict=True)
        added: dict[str, Any] = {
            "at": at,
            "actor": actor,
            "target": target,
            "verb": [verbs.index(name) for name in verb],
            "parent": [row + first if row >= 0 else -1 for row in parent],
            "is_copy": copied,
        }
        won = self.outcomes or []
        kind = outcomes.kind_names.index(self.kind)
        more = {
            "at": [row[0] for row in won],
            "person": [row[1] for row in won],
            "event": [row[2] + first for row in won],
            "kind": [kind] * len(won),
            "value": [1.0] * len(won),
        }
        blank = {"channel": -1, "magnitude": 0, "reach": 0, "from_library": False}
        if events.thread is not None:
            blank["thread"] = -1
        return Columns(
            self._people(),
            replace(
                _longer(events, len(at), {**{k: [v] * len(at) for k, v in blank.items()}, **added}), verb_names=verbs
            ),
            _longer(outcomes, len(won), more),
        )

    def _people(self) -> People:
        people, more = self.columns.people, self.new_people
        grown: People = _longer(
            people, more, {"joined_at": [self.as_of - 90 * DAY] * more, "team": [-1] * more, "site": [-1] * more,
                           "job": [-1] * more}
        )  # fmt: skip
        return replace(grown, ids=people.ids + tuple(f"planted {number:05d}" for number in range(more)))


def _longer(table: Any, rows: int, added: dict[str, Any]) -> Any:
    """The table with rows added to each of its columns."""
    return replace(
        table,
        **{
            name: np.concatenate([getattr(table, name), np.array(values, getattr(table, name).dtype)])
            for name, values in added.items()
            if rows
        },
    )
