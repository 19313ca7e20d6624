"""Makes the texts of posts and answers, the library of approved texts, and copies of a text."""

import numpy as np

from samples.company.chance import one_of, some_of
from samples.company.records import LibraryText
from samples.company.wording import MODELS, WORDINGS

LIBRARY_TEXTS = {"en": 14, "pt": 6, "pl": 6, "fr": 6, "es": 3, "de": 2}
_REPLACEMENTS = {"en": "really", "pt": "mesmo", "pl": "naprawdę", "fr": "vraiment", "es": "realmente", "de": "wirklich"}


def question_text(rng: np.random.Generator, language: str) -> str:
    """What a customer or a colleague asks: two sentences, 20 to 35 words."""
    return " ".join(_sentence(rng, part, language) for part in some_of(rng, WORDINGS[language].asked, 2))


def answer_text(rng: np.random.Generator, language: str) -> str:
    """Two pieces of advice and an ending: 25 to 50 words."""
    wording = WORDINGS[language]
    parts = (*some_of(rng, wording.advised, 2), one_of(rng, wording.ended))
    return " ".join(_sentence(rng, part, language) for part in parts)


def post_text(rng: np.random.Generator, language: str) -> str:
    """What an employee writes of their own accord: something met at work, and what to do about it."""
    parts = (one_of(rng, WORDINGS[language].asked), one_of(rng, WORDINGS[language].advised))
    return " ".join(_sentence(rng, part, language) for part in parts)


def remark_text(rng: np.random.Generator, language: str) -> str:
    """A short remark, too short to say anything about copying."""
    return _sentence(rng, one_of(rng, WORDINGS[language].ended), language)


def library(rng: np.random.Generator) -> tuple[LibraryText, ...]:
    """The approved texts: written once by marketing, meant to be shared as they are."""
    texts: list[LibraryText] = []
    for language, count in LIBRARY_TEXTS.items():
        for _ in range(count):
            text = f"{post_text(rng, language)} #larkspur"
            texts.append(LibraryText(f"lib-{len(texts) + 1:02d}", language, text))
    return tuple(texts)


def lightly_edited(rng: np.random.Generator, text: str, language: str) -> str:
    """A copy that somebody took the trouble to disguise: one word put in, the end cut or an exclamation added."""
    words = text.split()
    words.insert(int(rng.integers(1, len(words))), _REPLACEMENTS[language])
    if rng.random() < 0.5:
        words.pop()
    return " ".join(words).rstrip(".") + "!"


def _sentence(rng: np.random.Generator, pattern: str, language: str) -> str:
    """Fills a pattern; the two models in it differ."""
    wording = WORDINGS[language]
    model, other = some_of(rng, MODELS, 2)
    return pattern.format(
        model=model,
        other=other,
        part=one_of(rng, wording.parts.split("|")),
        when=one_of(rng, wording.times.split("|")),
        means=one_of(rng, wording.means.split("|")),
        number=int(rng.integers(3, 60)),
        few=int(rng.integers(2, 8)),
    )
