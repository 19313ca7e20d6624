"""Scores in words: kinds of outcome, evidence, bands, alarms. One place, so that every page says the same."""

from collections.abc import Mapping
from typing import Any

KINDS: Mapping[str, tuple[str, str]] = {
    "accepted": ("answer accepted", "answers accepted"),
    "accepted_answer": ("answer accepted", "answers accepted"),
    "best_reply": ("best reply", "best replies"),
    "buying_decision_influenced": ("buying decision influenced", "buying decisions influenced"),
    "helped": ("colleague helped, by their own word", "colleagues helped, by their own word"),
    "idea_adopted": ("idea adopted", "ideas adopted"),
    "insight_adopted": ("insight adopted", "insights adopted"),
    "issue_found": ("issue found and passed on", "issues found and passed on"),
    "mentored": ("colleague mentored", "colleagues mentored"),
    "service_issue_passed_on": ("service issue passed on", "service issues passed on"),
    "service_issue_resolved": ("service issue passed on and resolved", "service issues passed on and resolved"),
}


def kind_of(kind: str, number: float = 2) -> str:
    """A kind of outcome as a noun, singular for 1."""
    one, many = KINDS.get(kind, (kind.replace("_", " "), kind.replace("_", " ")))
    return one if number == 1 else many


def title_of(kind: str, number: float = 2) -> str:
    """A kind of outcome as a heading: "Answers accepted"; singular for 1."""
    text = kind_of(kind, number)
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """A count as people write it: 12, or 3.5 where shares make a part."""
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"


def kind_sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """What one kind of outcome rests on: "46 answers accepted; 45 in 100 succeed, peers 29"."""
    text = f"{number(facts['number'])} {kind_of(kind, facts['number'])}"
    rate, peers = facts.get("rate"), facts.get("peers_rate")
    if rate is None:
        return text
    text += f"; {100 * rate:.0f} in 100 succeed"
    return text if peers is None else f"{text}, peers {100 * peers:.0f}"


def excess_sentence(facts: Mapping[str, Any]) -> str | None:
    """How far the results expected go beyond those of the same effort by others, where that says something."""
    excess = facts.get("excess")
    if facts.get("rate") is None or excess is None or abs(excess) < 0.5:
        return None
    return (
        f"{number(abs(excess))} results a year {'more' if excess > 0 else 'fewer'} than the same effort usually brings"
    )


def strongest(parts: Mapping[str, float], evidence: Mapping[str, Any], most: int = 3) -> list[str]:
    """The strongest pieces of evidence in words, the heaviest part of the score first."""
    kinds = evidence.get("kinds", {})
    heaviest = sorted((kind for kind in parts if kinds.get(kind, {}).get("number")), key=lambda kind: -parts[kind])
    sentences = [kind_sentence(kind, kinds[kind]) for kind in heaviest]
    if heaviest and (more := excess_sentence(kinds[heaviest[0]])):
        sentences.insert(1, more)
    reached = evidence.get("facts", {}).get("reached", 0)
    if reached:
        sentences.insert(2, f"{reached} {'person' if reached == 1 else 'people'} helped")
    return sentences[:most]


def attempts_of(kinds: Mapping[str, Mapping[str, Any]]) -> tuple[float, float] | None:
    """Outcomes of the kinds whose attempts are known, per hundred attempts, and those of the peers; None: not known.

    Weighted by how much was tried of each kind; what was tried long ago weighs less.
    """
    known = [facts for facts in kinds.values() if facts.get("rate") is not None and facts.get("attempts")]
    tried = sum(facts["attempts"] for facts in known)
    if not tried:
        return None
    own = sum(facts["rate"] * facts["attempts"] for facts in known) / tried
    peers = sum((facts.get("peers_rate") or 0.0) * facts["attempts"] for facts in known) / tried
    return 100 * own, 100 * peers
