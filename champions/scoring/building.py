"""Building columns row by row, by names: for readers of files, for samples and for tests."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from champions.scoring.columns import NO_THREAD, NOBODY, UNKNOWN_ROW, Columns, Events, Outcomes, People, Reach


@dataclass
class Names:
    """Numbers for names, in the order of their first use; an empty name is -1."""

    number: dict[str, int] = field(default_factory=dict)

    def of(self, name: str | None) -> int:
        """The number of `name`, a new one at its first use."""
        return self.number.setdefault(name, len(self.number)) if name else NOBODY

    @property
    def names(self) -> tuple[str, ...]:
        """All names by number."""
        return tuple(self.number)


class ColumnsBuilder:
    """Takes people, events and outcomes in any order and gives `Columns`. People first seen in a row are
    added.
    """

    def __init__(self) -> None:
        self._people, self._teams, self._sites, self._jobs, self._access = (Names() for _ in range(5))
        self._verbs, self._channels, self._kinds = Names(), Names(), Names()
        self._joined: dict[int, tuple[float, int, int, int, int]] = {}
        self._event_rows: list[tuple[Any, ...]] = []
        self._parents: list[str | None] = []
        self._row_of: dict[str, int] = {}
        self._outcome_rows: list[tuple[Any, ...]] = []
        self._brought_by: list[str | None] = []

    def person(
        self,
        person: str,
        *,
        joined_at: float = float("nan"),
        team: str = "",
        site: str = "",
        job: str = "",
        access: str = "",
    ) -> None:
        """Somebody who may act or be reached; of two rows about one person the first stands."""
        code = self._people.of(person)
        groups = (self._teams.of(team), self._sites.of(site), self._jobs.of(job), self._access.of(access))
        self._joined.setdefault(code, (joined_at, *groups))

    def event(
        self,
        at: float,
        actor: str,
        verb: str,
        *,
        target: str = "",
        name: str | None = None,
        parent: str | None = None,
        channel: str = "",
        magnitude: float = 0.0,
        reach: Reach = Reach.NOT_STATED,
        is_copy: bool = False,
        from_library: bool = False,
    ) -> None:
        """One event. `name` is its id and `parent` the id of the event it answers, before or after it.

        An id that was taken before is the same event again and is left out.
        """
        if name and self._row_of.setdefault(name, len(self._event_rows)) != len(self._event_rows):
            return
        self._parents.append(parent)
        self._event_rows.append(
            (
                at,
                self._people.of(actor),
                self._people.of(target),
                self._verbs.of(verb),
                self._channels.of(channel),
                magnitude,
                reach,
                is_copy,
                from_library,
            )
        )

    def outcome(self, at: float, person: str, kind: str, value: float = 1.0, *, event: str | None = None) -> None:
        """One outcome credited to `person`; `event` is the id of the event that brought it."""
        self._brought_by.append(event)
        self._outcome_rows.append((at, self._people.of(person), self._kinds.of(kind), value))

    def columns(self) -> Columns:
        """Everything taken so far."""
        return Columns(self._people_columns(), self._event_columns(), self._outcome_columns())

    def _people_columns(self) -> People:
        nothing = (float("nan"), NOBODY, NOBODY, NOBODY, NOBODY)
        rows = [self._joined.get(code, nothing) for code in range(len(self._people.number))]
        joined, team, site, job, access = zip(*rows, strict=True) if rows else ((),) * 5
        return People(
            ids=self._people.names,
            joined_at=np.array(joined, np.float64),
            team=np.array(team, np.int32),
            site=np.array(site, np.int32),
            job=np.array(job, np.int32),
            team_names=self._teams.names,
            site_names=self._sites.names,
            job_names=self._jobs.names,
            access=np.array(access, np.int32) if self._access.number else None,
            access_names=self._access.names,
        )

    def _event_columns(self) -> Events:
        rows = self._event_rows
        at, actor, target, verb, channel, size, reach, copy, library = zip(*rows, strict=True) if rows else ((),) * 9
        return Events(
            at=np.array(at, np.float64),
            actor=np.array(actor, np.int32),
            target=np.array(target, np.int32),
            verb=np.array(verb, np.int16),
            parent=self._linked(self._parents),
            channel=np.array(channel, np.int32),
            magnitude=np.array(size, np.float32),
            reach=np.array(reach, np.int8),
            is_copy=np.array(copy, bool),
            from_library=np.array(library, bool),
            verb_names=self._verbs.names,
            channel_names=self._channels.names,
            thread=self._threads(),
        )

    def _outcome_columns(self) -> Outcomes:
        rows = self._outcome_rows
        at, person, kind, value = zip(*rows, strict=True) if rows else ((),) * 4
        return Outcomes(
            at=np.array(at, np.float64),
            person=np.array(person, np.int32),
            kind=np.array(kind, np.int16),
            value=np.array(value, np.float64),
            event=self._linked(self._brought_by),
            kind_names=self._kinds.names,
        )

    def _threads(self) -> np.ndarray[tuple[int], np.dtype[np.int32]] | None:
        """A number for each parent that is named and not known, None if there is none."""
        unseen = Names()
        found = [unseen.of(name) if name and name not in self._row_of else NO_THREAD for name in self._parents]
        return np.array(found, np.int32) if unseen.number else None

    def _linked(self, names: list[str | None]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        found = (self._row_of.get(name, UNKNOWN_ROW) if name else UNKNOWN_ROW for name in names)
        return np.fromiter(found, np.int32, len(names))
