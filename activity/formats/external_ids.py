"""Ids for rows whose source gives none, so that importing a file again, or a longer one, doubles nothing.

The id is a digest of what the row says, with the number of its occurrence: the second of two rows that say exactly
the same is the second on every import. Rows that say the same are interchangeable, so it does not matter which of
them is called the first, and rows may stand in any order.

Occurrences are counted in a temporary database that is private to the object and disappears with it. SQLite keeps it
in a cache of fixed size and moves it to disk beyond that, so memory does not grow with the file.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

from activity.formats.rows import OutcomeRow

CACHE_KIBIBYTES = 16 * 1024
DIGEST_BYTES = 16
ASKED_AT_ONCE = 500
PREFIX = "content:"


class OccurrenceCounter:
    """Counts how often each digest was seen in one file, exactly, in bounded memory. Close it, or use `with`."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # no name: temporary, on disk only when large
        for statement in (
            f"PRAGMA cache_size = -{CACHE_KIBIBYTES}",
            "PRAGMA journal_mode = OFF",
            "PRAGMA temp_store = FILE",
            "CREATE TABLE seen (digest BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID",
            "BEGIN",
        ):
            self._database.execute(statement)

    def occurrences(self, digests: Sequence[bytes]) -> list[int]:
        """For each digest, in order, how many times it has been seen up to and with this one: 1 for the first."""
        before = self._times(digests)
        numbers = []
        for digest in digests:
            before[digest] += 1
            numbers.append(before[digest])
        self._database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", sorted(before.items()))
        return numbers

    def _times(self, digests: Sequence[bytes]) -> Counter[bytes]:
        found: Counter[bytes] = Counter()
        different = sorted(set(digests))
        for start in range(0, len(different), ASKED_AT_ONCE):
            asked = different[start : start + ASKED_AT_ONCE]
            marks = ",".join("?" * len(asked))
            query = f"SELECT digest, times FROM seen WHERE digest IN ({marks})"  # noqa: S608 (question marks only)
            found.update(dict(self._database.execute(query, asked)))
        return found

    def close(self) -> None:
        """Drop the counts."""
        self._database.close()

    def __enter__(self) -> "OccurrenceCounter":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def content_digest(fields: Sequence[object]) -> bytes:
    """16 bytes for the content of a row of checked fields, none of which holds a line end.

    Times are taken in UTC and numbers by value, so it does not matter how the source writes them.
    """
    return blake2b("\n".join(map(str, fields)).encode(), digest_size=DIGEST_BYTES).digest()


def with_outcome_ids(rows: Sequence[OutcomeRow], counter: OccurrenceCounter) -> list[OutcomeRow]:
    """The rows with an id each: their own, or one made from their content. `counter` has seen the rows before them."""
    if all(row.outcome_id for row in rows):
        return list(rows)
    without = [place for place, row in enumerate(rows) if not row.outcome_id]
    digests = [content_digest(rows[place][1:]) for place in without]
    named = list(rows)
    for place, digest, number in zip(without, digests, counter.occurrences(digests), strict=True):
        named[place] = rows[place]._replace(outcome_id=f"{PREFIX}{digest.hex()}:{number}")
    return named
