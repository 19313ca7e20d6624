"""The fingerprint of a text: enough to find copies, not enough to read it. The text itself is never kept.

Two marks. A digest of the normalised text finds exact copies whatever their case, punctuation, spacing and links.
A MinHash signature (Broder, "On the resemblance and containment of documents", 1997) over sequences of three words
finds edited copies: the share of equal numbers in two signatures estimates the share of common sequences. From each
four of the 64 numbers a key is made to look copies up by (locality-sensitive hashing). Two texts with half of their
sequences in common share a key with probability 0.64, with eight tenths 0.9998, with a tenth 0.002.

Numbers stay the same on every machine and in every version: they are stored and compared with later ones.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 64
KEYS = 16
SHINGLE_WORDS = 3
WORDS_BEFORE_SIGNATURE = 8
MOST_WORDS = 5000  # more of one text are not looked at for the signature
SEED = 20_260_101

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
# Scripts that write no spaces between words: each character counts as a word.
_WITHOUT_SPACES = re.compile("([\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")

_numbers = np.random.Generator(np.random.PCG64(SEED))
_MULTIPLIERS = _numbers.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SUMMANDS = _numbers.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
_PLACES = _numbers.integers(1, 2**63, SHINGLE_WORDS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_KEY_PLACES = _numbers.integers(1, 2**63, PERMUTATIONS // KEYS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_HALF = np.uint64(32)


class Fingerprint(NamedTuple):
    """`digest`: 16 bytes, equal for equal normalised texts; empty for a text without words. `words`: their number.

    `signature`: 64 numbers below 2**32, or None for a text of at most eight words.
    """

    digest: bytes
    words: int
    signature: NDArray[np.uint32] | None

    def copy_keys(self) -> list[int]:
        """16 signed 64-bit numbers to look copies up by; empty without a signature."""
        if self.signature is None:
            return []
        rows = self.signature.reshape(KEYS, -1).astype(np.uint64) + np.uint64(1)
        mixed = _mixed((rows * _KEY_PLACES).sum(axis=1, dtype=np.uint64) + np.arange(KEYS, dtype=np.uint64))
        return [int(key) for key in mixed.view(np.int64)]

    def packed(self) -> bytes | None:
        """The signature as 256 bytes to be stored."""
        return None if self.signature is None else self.signature.astype("<u4").tobytes()


NO_WORDS = Fingerprint(b"", 0, None)


def normalised(text: str) -> str:
    """The words of `text` in one case, without links and punctuation, a single space between them."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = _WITHOUT_SPACES.sub(r" \1 ", text)
    return _NO_WORD.sub(" ", _LINK.sub(" ", text).casefold()).strip()


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of one text."""
    plain = normalised(text).encode("utf-8", "replace")
    if not plain:
        return NO_WORDS
    words = plain.split()
    signature = signature_of(words[:MOST_WORDS]) if len(words) > WORDS_BEFORE_SIGNATURE else None
    return Fingerprint(blake2b(plain, digest_size=16).digest(), len(words), signature)


def signature_of(words: Sequence[bytes]) -> NDArray[np.uint32]:
    """The MinHash signature of the sequences of three in `words`, of which there must be at least three.

    Each permutation is h -> a*h + b modulo 2**64, upper half (Dietzfelbinger et al., 1997: multiply-shift).
    """
    hashes = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    count = len(words) - SHINGLE_WORDS + 1
    shingles = np.zeros(count, np.uint64)
    for place in range(SHINGLE_WORDS):
        shingles += (hashes[place : place + count] + np.uint64(1)) * _PLACES[place]
    permuted = _mixed(shingles)[:, None] * _MULTIPLIERS + _SUMMANDS
    return (permuted.min(axis=0) >> _HALF).astype(np.uint32)


def unpacked(stored: bytes) -> NDArray[np.uint32]:
    """The signature that `Fingerprint.packed` stored."""
    return np.frombuffer(stored, "<u4").astype(np.uint32)


def likeness(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """The estimated share of word sequences that two texts have in common, from 0 to 1, good to about 0.06."""
    return float(np.mean(one == other))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread 64-bit numbers evenly (the finaliser of SplitMix64; Steele, Lea, Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed
