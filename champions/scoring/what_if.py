"""What another setting would do: the list it draws today, and how it would have done in the past. Nothing is stored.

Pure. The columns are prepared once, for today and for each earlier moment; a setting is then counted from prepared
rows, and what is forecast of it is kept, so that worths and dial only join anew.
"""

from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from champions.scoring import statement
from champions.scoring.assembly import bands_of
from champions.scoring.backtest import horizon_for, past_moments, resampling
from champions.scoring.columns import Columns, Numbers, Reals, in_id_order
from champions.scoring.fading import DAY
from champions.scoring.forecast import Forecast, aim_known, forecast
from champions.scoring.judging import Figure, joined, pooled
from champions.scoring.look_back import PUBLISHED, THESE, LookBack, Past, Sums, Yardstick, frontier, top
from champions.scoring.parameters import Parameters
from champions.scoring.peers import Peers
from champions.scoring.prepared import Prepared
from champions.scoring.result import Band
from champions.scoring.scored import TIED, Scored

SETTINGS_KEPT = 2
YARDSTICKS_KEPT = 16
NOT_COUNTED = ("worths", "other_worth", "dial", "share_of_few", "draws", "seed", "sure_from", "borderline_from")
"""Parameters that change nothing before forecasts are joined."""


Kept = dict[tuple[float, str, bool], Forecast]
"""Forecasts by moment, kind, and whether aim is known."""


@dataclass(frozen=True, eq=False)
class Redrawn:
    """Today's list under a setting: an entry per person scored, in the order of ids."""

    ids: tuple[str, ...]
    value: Reals
    lower: Reals
    upper: Reals
    band: tuple[Band, ...]


class WhatIf:
    """A run's columns, ready to be asked. Threads may share one."""

    def __init__(self, columns: Columns, parameters: Parameters, as_of: float) -> None:
        """Prepare. `parameters` are the published ones; of them only `attempts` and `seed` are read here."""
        seen = in_id_order(columns.before(as_of))[0]
        self.horizon_days = horizon_for(seen, as_of)
        self._now = Prepared.of(seen, parameters, as_of)
        self._past = tuple(
            Past.of(seen, parameters, moment, moment + self.horizon_days * DAY)
            for moment in past_moments(seen, as_of, self.horizon_days)
        )
        self._drawn = resampling(len(seen.people), parameters.seed).astype(np.uint8)
        self._kept: dict[str, Kept] = {}
        self._yardsticks: dict[tuple[object, ...], Yardstick] = {}
        self._lock = Lock()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of outcome credited to somebody, by name."""
        return tuple(self._now.kinds)

    def redraw(self, parameters: Parameters) -> Redrawn:
        """Today's list under `parameters`, as a run would draw it."""
        person = self._now.to_score(parameters)
        with self._lock:
            made = self._forecasts(self._now, person, parameters)
        scored = Scored.joined(made, person, parameters)
        enough = len(person) >= statement.FEWEST_PEOPLE and scored.outcomes >= statement.FEWEST_OUTCOMES
        named = enough and np.ptp(scored.value) > TIED
        stand = scored.stand(self._now.people.ids, parameters) if named else scored.nobody()
        ids = tuple(self._now.people.ids[number] for number in person.tolist())
        return Redrawn(ids, scored.value, scored.lower, scored.upper, tuple(bands_of(stand.p_few, parameters)))

    def look_back(self, parameters: Parameters, published: Parameters) -> LookBack:
        """How the list under `parameters` would have done, beside the published setting and plain ways to choose."""
        with self._lock:
            now = self._sums(self._now, parameters)
            held = [found for past in self._past if (found := self._held(past, parameters, published))]
        shares, brought, named = [], 0.0, 0
        for yardstick, sums in held:
            values = sums.at(parameters.dial)
            named += yardstick.length
            brought += float(yardstick.truth[top(values, yardstick.length)].sum())
            shares.append((yardstick, yardstick.judge(values)))
        of_results = pooled([{THESE: ours[0], **yardstick.beside[0]} for yardstick, ours in shares])
        of_aim = pooled([{THESE: ours[1], **yardstick.beside[1]} for yardstick, ours in shares if yardstick.beside[1]])
        both = joined(of_results, of_aim, parameters.dial)
        before = joined(of_results, of_aim, published.dial)
        return LookBack(
            moments=tuple(yardstick.as_of for yardstick, _ in held),
            horizon_days=self.horizon_days,
            named=named,
            brought=brought,
            both={name: Figure.of(drawn) for name, drawn in both.items()},
            gap={name: Figure.of(both[THESE] - drawn) for name, drawn in both.items() if name != THESE},
            gap_as_published=Figure.of(before[THESE] - before[PUBLISHED]) if before else None,
            frontier=frontier(now, held, parameters.dial),
        )

    def _held(self, past: Past, parameters: Parameters, published: Parameters) -> tuple[Yardstick, Sums] | None:
        """One earlier moment with what its list is held against; None where nobody could have been named."""
        theirs, ours = self._sums(past.seen, published), self._sums(past.seen, parameters)
        if len(ours.person) < statement.FEWEST_PEOPLE or not ours.kinds:
            return None
        worths = tuple(parameters.worth_of(name) for name in past.seen.kinds)
        key = (past.seen.as_of, worths, parameters.share_of_few, ours.person.tobytes(), repr(published.to_json()))
        if key not in self._yardsticks:
            scores = np.full(len(past.seen.people), -np.inf)
            scores[theirs.person] = theirs.at(published.dial)
            while len(self._yardsticks) >= YARDSTICKS_KEPT:
                self._yardsticks.pop(next(iter(self._yardsticks)))
            self._yardsticks[key] = Yardstick.of(past, ours, scores, parameters, self._drawn)
        return self._yardsticks[key], ours

    def _sums(self, seen: Prepared, parameters: Parameters) -> Sums:
        person = seen.to_score(parameters)
        return Sums.of(self._forecasts(seen, person, parameters), person, parameters)

    def _forecasts(self, seen: Prepared, person: Numbers, parameters: Parameters) -> tuple[Forecast, ...]:
        kept = self._kept_of(parameters)
        peers = None
        made = []
        worths = {name: worth for name in seen.kinds if (worth := parameters.worth_of(name)) > 0}
        aim = aim_known(seen.kinds[name].kind for name in worths)
        for name, worth in worths.items():
            found = kept.get((seen.as_of, name, aim))
            if found is None:
                peers = peers or Peers.of(seen.people, person, parameters.peer_groups)
                counts = seen.tally(name, parameters).of(person)
                found = forecast(seen.kinds[name].kind, counts, peers, parameters, aim=aim)
                kept[seen.as_of, name, aim] = found
            made.append(replace(found, kind=replace(found.kind, worth=worth)))
        return tuple(made)

    def _kept_of(self, parameters: Parameters) -> Kept:
        """The forecasts kept of a setting; those of the setting asked for longest ago are let go."""
        values = parameters.to_json()
        key = repr(sorted((name, value) for name, value in values.items() if name not in NOT_COUNTED))
        kept = self._kept.pop(key, {})
        self._kept[key] = kept
        while len(self._kept) > SETTINGS_KEPT:
            self._kept.pop(next(iter(self._kept)))
        return kept
