"""One thing to one other thing: what matching and categorising have in common.

Left sides (or items) are given right sides (or categories). A response is `{"matched": {left key: right key}}`, and a
form has one field for each left side, named by a prefix and the left key.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from training.rules.kinds import answers
from training.rules.kinds.keys import by_key, key_of
from training.rules.kinds.marking import is_all_or_nothing
from training.rules.kinds.protocol import UNANSWERED, Form, Graded, Part, Response, Specification, graded


@dataclass(frozen=True)
class Pairing:
    """The pairs of one specification, and every right side that may be chosen."""

    specification: Specification
    pairs: Sequence[tuple[str, str]]
    rights: Sequence[str]

    def parse(self, form: Form, prefix: str) -> dict[str, dict[str, str]]:
        """The response in a form; empty if nothing is matched."""
        lefts = by_key(self.specification, (left for left, _ in self.pairs))
        matched = self._known({left: answers.first_line(form, prefix + left) for left in lefts})
        return {"matched": matched} if matched else {}

    def grade(self, response: Response) -> Graded:
        """Partial: the share of left sides with their right side. All or nothing: 1 only if all have it."""
        matched = self.matched(response)
        if not matched:
            return UNANSWERED
        parts = []
        for left, right in self.pairs:
            key = key_of(self.specification, left)
            parts.append(Part(key, left, float(matched.get(key) == key_of(self.specification, right))))
        hits = sum(part.fraction == 1.0 for part in parts)
        if is_all_or_nothing(self.specification):
            return graded(float(hits == len(parts)), tuple(parts))
        return graded(hits / len(parts), tuple(parts))

    def missing(self, response: Response, what: str) -> str:
        """How many left sides are still without one."""
        still = len(self.pairs) - len(self.matched(response))
        return f"{still} of {len(self.pairs)} are still without a {what}." if still else ""

    def summary(self, response: Response) -> str:
        """The matched sides in words."""
        matched, rights = self.matched(response), by_key(self.specification, self.rights)
        lefts = by_key(self.specification, (left for left, _ in self.pairs))
        return "; ".join(f"{text}: {rights[matched[left]]}" for left, text in lefts.items() if left in matched)

    def right_response(self) -> dict[str, dict[str, str]]:
        """Every left side with its right side."""
        keys = {key_of(self.specification, left): key_of(self.specification, right) for left, right in self.pairs}
        return {"matched": keys}

    def matched(self, response: Response) -> dict[str, str]:
        """What a response matches, as far as both sides are known."""
        return self._known(answers.text_table_in(response, "matched"))

    def _known(self, given: dict[str, str]) -> dict[str, str]:
        lefts = by_key(self.specification, (left for left, _ in self.pairs))
        rights = by_key(self.specification, self.rights)
        return {left: given[left] for left in lefts if given.get(left) in rights}
