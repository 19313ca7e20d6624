"""How typed words are compared: with wildcards, with or without case and accents, and by the number of slips."""

import unicodedata

WILDCARD = "*"


def plain(text: str, case_sensitive: bool = False, accent_sensitive: bool = False) -> str:
    """A text as it is compared: one form of every letter, single spaces, straight quotes, no full stop at the end."""
    composed = unicodedata.normalize("NFKC", text).translate(str.maketrans("’‘“”–—", "''\"\"--"))
    if not case_sensitive:
        composed = composed.casefold()
    if not accent_sensitive:
        parts = unicodedata.normalize("NFD", composed)
        composed = unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))
    return " ".join(composed.split()).rstrip(".!").rstrip()


def pieces_of(pattern: str) -> list[str]:
    r"""The fixed pieces between the wildcards of a pattern; "\*" is a star that is meant."""
    pieces = pattern.replace(r"\*", "\0").split(WILDCARD)
    return [piece.replace("\0", WILDCARD) for piece in pieces]


def matches(text: str, pieces: list[str]) -> bool:
    """Whether a text consists of the pieces in this order with anything between them.

    Takes the first place where each piece fits, which is enough, so the time is linear whatever the pattern.
    """
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return text == first
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for piece in pieces[1:-1]:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def slips(one: str, other: str, most: int) -> int:
    """How many slips lie between two texts: a letter too many, missing, wrong, or two neighbours swapped.

    The optimal string alignment distance (Damerau 1964; Boytsov 2011, section 2.2). Above `most` it answers most + 1.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, with_letter in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != with_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == with_letter:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most and (not before or min(before) > most):
            return most + 1
    return min(row[-1], most + 1)
