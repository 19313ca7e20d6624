"""Raised and lowered signs in plain text: x² and H₂O where Unicode has them, x^(n+1) and a_(ij) where it has not."""

_UP = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)) | {"−": "⁻"}
_DOWN = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)) | {"−": "₋"}
LONGEST = 8


def raised(text: str, is_up: bool) -> str:
    """A text above or below the line."""
    plain, signs = text.strip(), _UP if is_up else _DOWN
    if not plain:
        return ""
    if len(plain) <= LONGEST and all(letter in signs for letter in plain):
        return "".join(signs[letter] for letter in plain)
    if not is_up and plain.isalpha() and len(plain) == 1:
        return f"_{plain}"
    if is_up and plain.isalpha() and not plain.isascii():
        return plain
    if is_up and len(plain) <= 2 and plain.isalpha() and len(plain) == 2:
        return plain  # an ordinal: 1st, 2nd
    return f"{'^' if is_up else '_'}{plain if plain.isalnum() else f'({plain})'}"
