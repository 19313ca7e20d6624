"""Which events repeat a text that was posted before, and which use one that the company supplies.

An event is a copy if an earlier one says the same or nearly the same, in more than eight words: shorter texts ("Thank
you, that helped") are said alike by chance. The first to post a text is no copy, whichever file came first. What comes
from the library is never called a copy.
"""

from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, not_, or_, select, union, update

from activity.formats.fingerprint import Fingerprint, likeness, unpacked
from activity.models import ActivityEvent
from activity.text_models import CopyKey, KnownText, LibraryText, TextLikeness
from db import bulk_insert, db, in_batches, table_of

ALIKE = 0.5  # share of word sequences in common; see docs/decisions/0022-imports.md
MOST_OF_KEY = 50  # texts that one key finds: bounds the work for a text with thousands of versions
TEXTS_AT_ONCE = 250
event = table_of(ActivityEvent)
Signature = np.ndarray
Long = tuple[bytes, bytes]
"""A text of more than eight words: its hash and its packed signature."""


def note_texts(texts: Iterable[Long], after_each: Callable[[int], None]) -> None:
    """Remember the signatures of texts that are new, and which texts are nearly the same.

    Works in parts and calls `after_each` with the number of texts of a part, which may commit it: what is remembered
    about texts alone is no part of the data, and remembering it twice changes nothing.
    """
    for part in in_batches(texts, TEXTS_AT_ONCE):
        given = dict(part)
        known = set(db.session.scalars(select(KnownText.text_hash).where(KnownText.text_hash.in_(list(given)))))
        new = {text_hash: packed for text_hash, packed in given.items() if text_hash not in known}
        if new:
            _remember(new)
        after_each(len(part))


def _remember(new: dict[bytes, bytes]) -> None:
    signatures = {text_hash: unpacked(packed) for text_hash, packed in new.items()}
    keys = {text_hash: Fingerprint(text_hash, 0, mark).copy_keys() for text_hash, mark in signatures.items()}
    holders = _holders(sorted(set(chain.from_iterable(keys.values()))))
    signatures |= _signatures(set(chain.from_iterable(holders.values())))
    pairs: list[tuple[bytes, bytes]] = []
    entries: list[tuple[int, bytes]] = []
    for text_hash in new:
        found = set(chain.from_iterable(holders.get(key, ()) for key in keys[text_hash]))
        pairs += [(text_hash, other) for other in _alike(signatures[text_hash], found, signatures)]
        for key in set(keys[text_hash]):
            held = holders.setdefault(key, [])
            if len(held) < MOST_OF_KEY:
                held.append(text_hash)
                entries.append((key, text_hash))
    _store(new, entries, pairs)


def _holders(keys: list[int]) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    for key, text_hash in db.session.execute(select(CopyKey.key, CopyKey.text_hash).where(CopyKey.key.in_(keys))):
        found.setdefault(key, []).append(text_hash)
    return found


def _signatures(hashes: set[bytes]) -> dict[bytes, Signature]:
    query = select(KnownText.text_hash, KnownText.signature)
    return {
        text_hash: unpacked(packed)
        for part in in_batches(sorted(hashes), 5000)
        for text_hash, packed in db.session.execute(query.where(KnownText.text_hash.in_(part)))
    }


def _alike(one: Signature, others: set[bytes], signatures: dict[bytes, Signature]) -> list[bytes]:
    return [other for other in sorted(others) if likeness(one, signatures[other]) >= ALIKE]


def _store(new: dict[bytes, bytes], entries: list[tuple[int, bytes]], pairs: list[tuple[bytes, bytes]]) -> None:
    bulk_insert(table_of(KnownText), [{"text_hash": item, "signature": packed} for item, packed in new.items()])
    bulk_insert(table_of(CopyKey), [{"key": key, "text_hash": item} for key, item in sorted(entries)])
    both_ways = pairs + [(other, one) for one, other in pairs]
    rows = [{"text_hash": one, "like_hash": other} for one, other in sorted(both_ways)]
    bulk_insert(table_of(TextLikeness), rows)


def mark(hashes: Select[tuple[bytes]]) -> None:
    """Work out anew, for every event with a text among `hashes` or nearly like one, whether it is a copy."""
    alike = select(TextLikeness.like_hash).where(TextLikeness.text_hash.in_(hashes))
    supplied = _is_supplied()
    values = {"from_library": supplied, "is_copy": and_(not_(supplied), _is_repeated())}
    touched = event.c.text_hash.in_(union(hashes, alike))
    db.session.execute(update(event).values(values).where(touched))


def _is_supplied() -> ColumnElement[bool]:
    same = exists().where(LibraryText.text_hash == event.c.text_hash)
    nearly = exists().where(
        TextLikeness.text_hash == event.c.text_hash, LibraryText.text_hash == TextLikeness.like_hash
    )
    return or_(same, nearly)


def _is_repeated() -> ColumnElement[bool]:
    earlier, other = event.alias("earlier"), event.alias("other")
    is_long = exists().where(KnownText.text_hash == event.c.text_hash)
    same = exists().where(earlier.c.text_hash == event.c.text_hash, _before(earlier))
    nearly = exists().where(
        TextLikeness.text_hash == event.c.text_hash, other.c.text_hash == TextLikeness.like_hash, _before(other)
    )
    return and_(is_long, or_(same, nearly))


def _before(one: FromClause) -> ColumnElement[bool]:
    columns = one.c
    at_once = and_(
        columns.at == event.c.at,
        or_(
            columns.external_id < event.c.external_id,
            and_(columns.external_id == event.c.external_id, columns.source < event.c.source),
        ),
    )
    return or_(columns.at < event.c.at, at_once)
