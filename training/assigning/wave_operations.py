"""Waves: draw learners by lot when there is not room for all, keep the draw, let an owner move one. Never commits."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from sqlalchemy import delete, select, update

from db import bulk_insert, db, table_of
from people.auditing import audit
from people.refusal import RefusedError
from training.assigning.wave_models import WaveDraw, WaveMember
from training.rules.matching.columns import NOBODY, NOT_STATED
from training.rules.matching.situation import Situation
from training.rules.matching.turns import last_wave_now, seed_from, sizes_for_late
from training.rules.matching.waves import Draw, draw_waves, wave_sizes
from training.trainers.operations import in_a_sentence

Stratum = tuple[str, ...]


@dataclass(frozen=True)
class Turns:
    """Whose turn it is. `last` is the last wave that takes part, 0 where there is room for all and nothing is drawn.

    `wave_of` has every learner who was drawn; `drawn` is a new draw to be kept, with the number of its first wave;
    `anew` tells that it takes the place of one that no published plan has used.
    """

    wave_of: Mapping[int, int]
    last: int = 0
    drawn: Draw | None = None
    first_wave: int = 1
    anew: bool = False

    @property
    def waits(self) -> dict[int, int]:
        """How many learners stand in each later wave."""
        return dict(sorted(Counter(wave for wave in self.wave_of.values() if wave > self.last).items()))

    def only_now(self, situation: Situation) -> Situation:
        """The situation with those alone whose turn it is; who has a trainer always takes part."""
        if not self.last:
            return situation
        learners = situation.learners
        later = np.array([self.wave_of.get(int(one), 0) > self.last for one in learners.ids], bool)
        takes_part = learners.takes_part & ~(later & (learners.present_trainer == NOBODY))
        return replace(situation, learners=replace(learners, takes_part=takes_part))


def turns_of(course_id: int, situation: Situation, at: datetime) -> Turns:
    """Whose turn it is in this situation; draws if there is not room for all, and keeps what is in force. Two reads."""
    free, waiting = _free_places(situation), _waiting(situation)
    draws = db.session.scalars(select(WaveDraw).where(WaveDraw.course_id == course_id).order_by(WaveDraw.id)).all()
    in_force = [draw for draw in draws if draw.in_force_at is not None]
    if not in_force:
        if len(waiting) <= free or free < 1:
            return Turns({}, anew=True)
        seed = draws[0].seed if draws else seed_from((course_id, at.isoformat()))
        drawn = draw_waves(waiting, wave_sizes(len(waiting), free), seed)
        return Turns(drawn.wave_of, last_wave_now(Counter(drawn.wave_of.values()), 0, free), drawn, anew=True)
    return _kept_turns(course_id, in_force, waiting, free)


def _kept_turns(course_id: int, draws: Sequence[WaveDraw], waiting: Mapping[int, Stratum], free: int) -> Turns:
    """The draws in force, and whoever waits and was in none of them drawn into the waves that have not started."""
    rows = db.session.execute(select(WaveMember.learner_id, WaveMember.wave).where(WaveMember.course_id == course_id))
    wave_of = {row.learner_id: row.wave for row in rows}
    started = max(draw.started for draw in draws)
    waves = max(draw.first_wave + len(draw.sizes) - 1 for draw in draws)
    late = {learner: stratum for learner, stratum in waiting.items() if learner not in wave_of}
    drawn, first = None, started + 1
    if late and (waves > started or len(late) > free):
        sizes = sizes_for_late(len(late), waves - started, free)
        drawn = draw_waves(late, sizes, draws[0].seed)
        wave_of |= {learner: wave + started for learner, wave in drawn.wave_of.items()}
    counts = Counter(wave_of[learner] for learner in waiting if learner in wave_of)
    still = {learner: wave for learner, wave in wave_of.items() if learner in waiting}
    return Turns(still, last_wave_now(counts, started, free), drawn, first)


def keep_draw(course_id: int, turns: Turns, at: datetime) -> None:
    """Store a new draw; a draw that no published plan has used gives way, with its seed."""
    if turns.anew:
        unused = select(WaveDraw.id).where(WaveDraw.course_id == course_id, WaveDraw.in_force_at.is_(None))
        ids = list(db.session.scalars(unused))
        moved = WaveMember.draw_id.in_(ids)
        kept = {} if turns.drawn is None else _overrides(ids)
        db.session.execute(delete(WaveMember).where(moved))
        db.session.execute(delete(WaveDraw).where(WaveDraw.id.in_(ids)))
    else:
        kept = {}
    if turns.drawn is None:
        return
    drawn = turns.drawn
    row = WaveDraw(
        course_id=course_id,
        seed=drawn.seed,
        first_wave=turns.first_wave,
        sizes=list(drawn.sizes),
        digest=drawn.digest,
        drawn_at=at,
        started=0 if turns.anew else turns.first_wave - 1,
        in_force_at=None if turns.anew else at,
    )
    db.session.add(row)
    db.session.flush()
    bulk_insert(table_of(WaveMember), [_member(row, learner, drawn, kept) for learner in sorted(drawn.wave_of)])


def _overrides(draw_ids: Sequence[int]) -> dict[int, WaveMember]:
    query = select(WaveMember).where(WaveMember.draw_id.in_(draw_ids), WaveMember.override_reason.is_not(None))
    rows = db.session.scalars(query).all()
    return {row.learner_id: row for row in rows}


def _member(row: WaveDraw, learner: int, drawn: Draw, kept: Mapping[int, WaveMember]) -> dict[str, object]:
    wave = drawn.wave_of[learner] + row.first_wave - 1
    moved = kept.get(learner)
    return {
        "course_id": row.course_id,
        "learner_id": learner,
        "draw_id": row.id,
        "team": drawn.strata[learner][0],
        "site": drawn.strata[learner][1],
        "drawn_wave": wave,
        "wave": wave if moved is None else min(moved.wave, len(drawn.sizes)),
        "override_reason": None if moved is None else moved.override_reason,
        "overridden_by_id": None if moved is None else moved.overridden_by_id,
        "overridden_at": None if moved is None else moved.overridden_at,
    }


def start_waves(course_id: int, last: int, at: datetime) -> None:
    """Note that a plan with the waves up to `last` was published: from now on the draw holds."""
    live = update(WaveDraw).where(WaveDraw.course_id == course_id)
    db.session.execute(live.where(WaveDraw.in_force_at.is_(None)).values(in_force_at=at))
    db.session.execute(live.where(WaveDraw.started < last).values(started=last))


def override(course_id: int, learner_id: int, wave: int, reason: str, *, actor_id: int, at: datetime) -> WaveMember:
    """Move one learner to another wave, with a reason. It takes the learner out of comparisons. Raises RefusedError."""
    query = select(WaveMember).where(WaveMember.course_id == course_id, WaveMember.learner_id == learner_id)
    member = db.session.scalars(query.with_for_update()).one_or_none()
    if member is None:
        raise RefusedError("This person is in no wave: everybody without a wave takes part at once.", "learner")
    sizes = select(WaveMember.wave).where(WaveMember.course_id == course_id).order_by(WaveMember.wave.desc()).limit(1)
    waves = db.session.scalar(sizes) or 1
    if not 1 <= wave <= waves:
        raise RefusedError(f"There is no wave {wave}: the waves go from 1 to {waves}.", "wave")
    member.override_reason, member.wave = in_a_sentence(reason), wave
    member.overridden_by_id, member.overridden_at = actor_id, at
    db.session.flush()
    detail = {"wave": wave, "drawn": member.drawn_wave}
    audit.append(audit.Verb.WAVE_CHANGED, actor_id=actor_id, subject_id=learner_id, at=at, detail=detail)
    return member


def drawn_again(draw: WaveDraw, members: Sequence[WaveMember]) -> Draw:
    """The same draw made anew from its seed and strata: its digest is that of the stored one if nobody touched it."""
    strata = {member.learner_id: (member.team, member.site) for member in members}
    return draw_waves(strata, draw.sizes, draw.seed)


def _free_places(situation: Situation) -> int:
    """How many places are left beside everybody who has a trainer."""
    trainers, learners = situation.trainers, situation.learners
    taken = np.bincount(situation.present[learners.asked & (situation.present != NOBODY)], minlength=len(trainers))
    return int(np.maximum(situation.places - taken, 0)[trainers.active].sum())


def _waiting(situation: Situation) -> dict[int, Stratum]:
    """Everybody who is asked and has no trainer, with team and site."""
    learners, names = situation.learners, situation.names
    rows = np.flatnonzero(learners.asked & (learners.present_trainer == NOBODY))
    return {
        int(learners.ids[row]): (_name(names.teams, learners.team[row]), _name(names.sites, learners.site[row]))
        for row in rows
    }


def _name(names: Sequence[str], number: int) -> str:
    return "" if number == NOT_STATED else names[number]
