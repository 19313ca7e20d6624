"""What would change a score, in words: from what the engine worked out for one result more and for a silent month."""

from collections.abc import Mapping
from typing import Any

from champions.words import kind_of

MOST_KINDS = 2
WORTH_SAYING = 0.005


def changes(parts: Mapping[str, float], evidence: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[str]:
    """Sentences, the largest change first; empty for a run whose scores do not say."""
    kinds = {kind: facts for kind, facts in evidence.get("kinds", {}).items() if facts.get("one_more") is not None}
    if not kinds:
        return []
    most = sorted(kinds, key=lambda kind: -kinds[kind]["one_more"])[:MOST_KINDS]
    sentences = [
        f"One more {kind_of(kind, 1)}, today: {_signed(kinds[kind]['one_more'])}."
        for kind in most
        if kinds[kind]["one_more"] >= WORTH_SAYING
    ]
    silence = sum(facts.get("silence") or 0.0 for facts in kinds.values())
    if abs(silence) >= WORTH_SAYING:
        days = parameters["volume_half_life_days"]
        fading = f"since the pace loses half its weight in {days:.0f} days"
        sentences.append(f"Nothing new in the next 30 days: {_signed(silence)}, {fading}.")
    if any(facts.get("rate") is not None for facts in kinds.values()):
        sentences.append("Tries that bring nothing lower the success rate; what counts is what comes of them.")
    sentences.append("More posts alone, more views, or more followers: nothing.")
    return sentences


def _signed(value: float) -> str:
    return f"about {value:+.2f}".replace("-", "−")
