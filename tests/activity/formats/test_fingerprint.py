"""Copies are found whether exact or edited, different texts are not, and the text cannot be read from its marks."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.formats.fingerprint import KEYS, PERMUTATIONS, fingerprint, likeness, normalised, unpacked

WORDS = [f"word{n}" for n in range(2000)]


def post(seed: int, words: int = 60) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def edited(words: list[str], share: float, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [dice.choice(WORDS) if dice.random() < share else word for word in words]


def test_case_punctuation_space_and_links_make_no_difference():
    first = fingerprint("Have you tried  turning it off?! https://forum.example/a?b=c")
    assert first == fingerprint("have you tried turning -- it OFF… www.other.example")
    assert first.digest != fingerprint("have you tried turning it on").digest


@pytest.mark.parametrize("text", ["", "   ", "?!…", "https://forum.example/a"])
def test_a_text_without_words_has_no_fingerprint(text: str):
    assert fingerprint(text).digest == b""
    assert fingerprint(text).words == 0


def test_only_texts_over_eight_words_have_a_signature():
    assert fingerprint("one two three four five six seven eight").signature is None
    assert fingerprint("one two three four five six seven eight").copy_keys() == []
    longer = fingerprint("one two three four five six seven eight nine")
    assert longer.signature is not None
    assert longer.signature.shape == (PERMUTATIONS,)
    assert len(longer.copy_keys()) == KEYS


def test_lightly_edited_copies_share_a_key_and_other_texts_none():
    originals = [set(fingerprint(" ".join(post(seed))).copy_keys()) for seed in range(200)]
    copies = [set(fingerprint(" ".join(edited(post(seed), 0.04, seed))).copy_keys()) for seed in range(200)]
    found = sum(bool(one & other) for one, other in zip(originals, copies, strict=True))
    mistaken = sum(bool(one & other) for one, other in zip(originals, copies[1:], strict=False))
    assert found >= 190
    assert mistaken == 0


def test_likeness_estimates_the_share_of_common_word_sequences():
    estimates, truths = [], []
    for seed in range(40):
        one, other = post(seed), edited(post(seed), 0.1, seed)
        signatures = [fingerprint(" ".join(words)).signature for words in (one, other)]
        sets = [set(zip(words, words[1:], words[2:], strict=False)) for words in (one, other)]
        estimates.append(likeness(*signatures))
        truths.append(len(sets[0] & sets[1]) / len(sets[0] | sets[1]))
    assert abs(np.mean(estimates) - np.mean(truths)) < 0.03


def test_marks_stay_the_same_in_every_version():
    found = fingerprint("The quick brown fox jumps over the lazy dog and runs away")
    assert found.digest.hex() == "230881efc5a9b4eb0f68824a9b3b530c"
    assert [int(number) for number in found.signature[:3]] == [371454665, 65015846, 144364445]
    assert found.copy_keys()[:2] == [4013377893175465101, 1477486523617403199]


def test_a_stored_signature_is_read_back():
    found = fingerprint(" ".join(post(3)))
    stored = found.packed()
    assert stored is not None
    assert len(stored) == 256
    assert (unpacked(stored) == found.signature).all()
    assert fingerprint("short").packed() is None


def test_each_character_counts_as_a_word_where_no_spaces_are_written():
    assert fingerprint("製品の使い方を教えてください").words == 14


@given(st.text(st.characters(exclude_categories=[]), max_size=80))
def test_any_text_has_a_fingerprint_and_normalising_twice_changes_nothing(text: str):
    found = fingerprint(text)
    assert (found.digest == b"") == (found.words == 0)
    assert all(-(2**63) <= key < 2**63 for key in found.copy_keys())
    assert normalised(normalised(text)) == normalised(text)


def test_the_order_of_words_matters():
    words = post(1)
    assert likeness(fingerprint(" ".join(words)).signature, fingerprint(" ".join(sorted(words))).signature) < 0.1
