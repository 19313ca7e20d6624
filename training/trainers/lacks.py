"""What a learner lacks, for the trainer: the weakest topics, each with its why and its how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training.learners.help import WEAK_BELOW, TopicAnswers


@dataclass(frozen=True)
class Lack:
    """A topic in which a learner is weak, with the share that was right of the why and of the how.

    A part is None where it was not asked or there are too few answers to tell.
    """

    topic: str
    why: TopicAnswers | None
    how: TopicAnswers | None

    @property
    def words(self) -> str:
        """Such as "one voice (why 1 of 4, how 3 of 3)"."""
        parts = [f"{one.about} {one.right} of {one.answers}" for one in (self.why, self.how) if one is not None]
        return f"{self.topic} ({', '.join(parts)})"


def lacks_of(answers: Iterable[TopicAnswers], most: int = 3) -> Sequence[Lack]:
    """The weakest topics of one enrolment, at most `most`, by the smaller share of why and how."""
    told: dict[str, dict[str, TopicAnswers]] = {}
    for one in answers:
        if one.share is not None:
            told.setdefault(one.topic or "other", {})[one.about] = one
    weak = [
        Lack(topic, parts.get("why"), parts.get("how"))
        for topic, parts in told.items()
        if any((one.share or 0.0) < WEAK_BELOW for one in parts.values())
    ]
    return sorted(weak, key=_weakest)[:most]


def _weakest(lack: Lack) -> tuple[float, str]:
    shares = [one.share or 0.0 for one in (lack.why, lack.how) if one is not None]
    return min(shares), lack.topic
