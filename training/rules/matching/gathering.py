"""From plain records, as the data base gives them, to the columns of the matching."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from training.rules.matching.columns import (
    NOBODY,
    NOT_STATED,
    Learners,
    MatchingError,
    Names,
    Numbers,
    Pairs,
    Shares,
    Trainers,
    Truths,
)
from training.rules.matching.management import Line, lines_of_management
from training.rules.matching.situation import Situation


@dataclass(frozen=True, slots=True)
class Learner:
    """One employee who might be taught. Missing words are empty, missing hours None, missing topics not in `gaps`.

    The first of `languages` is the main one. `hours` are the first UTC minute of the working day and its length. `gaps`
    says per topic how much is missing, 0 to 1.
    """

    id: int
    languages: tuple[str, ...] = ()
    site: str = ""
    team: str = ""
    hours: tuple[int, int] | None = None
    gaps: Mapping[str, float] = field(default_factory=dict)
    present_trainer: int | None = None
    present_second: int | None = None
    takes_part: bool = True
    paused: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Trainer:
    """One employee who might teach. `places` is the limit; `second_places` None means as many again.

    `possible` marks somebody on the shortlist, with the limit a new trainer would have. `strengths` says per topic how
    good the trainer is, 0 to 1. `trained` is false for who has not completed the course for trainers and needs it.
    """

    id: int
    places: int
    languages: tuple[str, ...] = ()
    site: str = ""
    team: str = ""
    hours: tuple[int, int] | None = None
    strengths: Mapping[str, float] = field(default_factory=dict)
    second_places: int | None = None
    possible: bool = False
    consents: bool = True
    trained: bool = True
    paused: bool = False
    left: bool = False


Person = Learner | Trainer


def gather(
    learners: Iterable[Learner],
    trainers: Iterable[Trainer],
    managers: Mapping[int, int | None],
    topics: Sequence[str] = (),
    ties: Mapping[tuple[int, int], int] | None = None,
    conflicts: Iterable[tuple[int, int]] = (),
) -> Situation:
    """Build and check the columns.

    `managers` names everybody's manager in the whole directory. `ties` counts answers between two employees, in either
    direction, and `conflicts` names two who must not be paired, either way round. People who are neither learner nor
    trainer are passed over. Raises MatchingError for a circle of managers, an employee twice, a topic that is not in
    `topics`, or a value out of its range.
    """
    taught = sorted(learners, key=lambda person: person.id)
    teaching = sorted(trainers, key=lambda person: person.id)
    names = _names((*taught, *teaching), topics)
    lines = lines_of_management({**dict.fromkeys(_ids_of(taught) + _ids_of(teaching)), **managers})
    learner_columns = Learners(
        **_staff(taught, names, lines),
        main_language=_codes([person.languages[0] if person.languages else "" for person in taught], names.languages),
        gaps=_shares([(person.id, person.gaps) for person in taught], names.topics),
        present_trainer=_ids([person.present_trainer for person in taught]),
        present_second=_ids([person.present_second for person in taught]),
        takes_part=_truths(taught, "takes_part"),
        paused=_truths(taught, "paused"),
        left=_truths(taught, "left"),
    )
    trainer_columns = Trainers(
        **_staff(teaching, names, lines),
        places=np.array([person.places for person in teaching], np.int32),
        second_places=np.array([_second_places(person) for person in teaching], np.int32),
        strengths=_shares([(person.id, person.strengths) for person in teaching], names.topics),
        possible=_truths(teaching, "possible"),
        consents=_truths(teaching, "consents"),
        trained=_truths(teaching, "trained"),
        paused=_truths(teaching, "paused"),
        left=_truths(teaching, "left"),
    )
    known_ties = _pairs(learner_columns, trainer_columns, ties or {})
    known_conflicts = _pairs(learner_columns, trainer_columns, dict.fromkeys(conflicts, 1))
    situation = Situation(learner_columns, trainer_columns, known_ties, known_conflicts, names)
    situation.check()
    return situation


def _names(everybody: Sequence[Person], topics: Sequence[str]) -> Names:
    languages = {language for person in everybody for language in person.languages}
    sites, teams = {person.site for person in everybody}, {person.team for person in everybody}
    spoken, places, units = (tuple(sorted(part - {""})) for part in (languages, sites, teams))
    return Names(spoken, places, units, tuple(topics))


def _ids_of(people: Sequence[Person]) -> list[int]:
    return [person.id for person in people]


def _staff(people: Sequence[Person], names: Names, lines: Mapping[int, Line]) -> dict[str, Any]:
    """The columns that learners and trainers have in common."""
    hours = np.array([person.hours or (NOT_STATED, NOT_STATED) for person in people], np.int32).reshape(-1, 2)
    line = np.array([lines[person.id] for person in people], np.int32).reshape(-1, 2)
    spoken = np.zeros((len(people), len(names.languages)), bool)
    place = {language: column for column, language in enumerate(names.languages)}
    for row, person in enumerate(people):
        spoken[row, [place[language] for language in person.languages]] = True
    return {
        "ids": np.array([person.id for person in people], np.int64),
        "languages": spoken,
        "site": _codes([person.site for person in people], names.sites),
        "team": _codes([person.team for person in people], names.teams),
        "hours_from": hours[:, 0],
        "hours_long": hours[:, 1],
        "line_from": line[:, 0],
        "line_to": line[:, 1],
    }


def _codes(words: Sequence[str], names: Sequence[str]) -> Numbers:
    place = {name: number for number, name in enumerate(names)}
    return np.array([place.get(word, NOT_STATED) for word in words], np.int32)


def _ids(people: Sequence[int | None]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([NOBODY if person is None else person for person in people], np.int64)


def _truths(people: Sequence[Person], name: str) -> Truths:
    return np.array([getattr(person, name) for person in people], bool)


def _shares(people: Sequence[tuple[int, Mapping[str, float]]], topics: Sequence[str]) -> Shares:
    place = {topic: column for column, topic in enumerate(topics)}
    shares = np.full((len(people), len(topics)), np.nan, np.float32)
    for row, (employee, known) in enumerate(people):
        for topic, share in known.items():
            if topic not in place:
                raise MatchingError(f"Employee {employee}: {topic!r} is none of the topics.")
            shares[row, place[topic]] = share
    return shares


def _second_places(trainer: Trainer) -> int:
    return trainer.places if trainer.second_places is None else trainer.second_places


def _pairs(learners: Learners, trainers: Trainers, between: Mapping[tuple[int, int], int]) -> Pairs:
    """What is known between two employees, wherever one may be the other's learner; both directions are summed."""
    ends = np.array(list(between), np.int64).reshape(-1, 2)
    value = np.array(list(between.values()), np.int64)
    ends, value = np.concatenate([ends, ends[:, ::-1]]), np.concatenate([value, value])
    learner, trainer = learners.rows_of(ends[:, 0]), trainers.rows_of(ends[:, 1])
    kept = (learner != NOBODY) & (trainer != NOBODY) & (value > 0) & (ends[:, 0] != ends[:, 1])
    key, place = np.unique(learner[kept].astype(np.int64) * max(len(trainers), 1) + trainer[kept], return_inverse=True)
    total = np.bincount(place, value[kept], minlength=len(key)).astype(np.int32)
    learner_row, trainer_row = np.divmod(key, max(len(trainers), 1))
    return Pairs(learner_row.astype(np.int32), trainer_row.astype(np.int32), total)
