"""The import of texts that the company supplies for posting: fingerprints are kept, the texts are not."""

from sqlalchemy import select, update

from activity.formats.fingerprint import fingerprint
from activity.formats.rejected import Rejected
from activity.formats.row_reader import Checked
from activity.formats.rows import LibraryRow, library_rows
from activity.imports.reading import Reading
from activity.publishing import copies
from activity.publishing.counts import Counts
from activity.text_models import LibraryText
from db import bulk_insert, db, table_of

library_text = table_of(LibraryText)


def import_library(reading: Reading, *, dry_run: bool) -> Counts:
    """Take the texts of a file; a text that is known keeps its place and gets the title of the file."""
    reader = library_rows(reading.mapping, reading.table.columns)
    counts = Counts(0, 0, 0)
    for batch in reading.table.batches():
        checked = reader.read(batch)
        reading.rejections.add(checked.rejected)
        reading.tell_progress(len(checked.rows))
        found = _take(reading, checked, dry_run)
        counts = Counts(*(one + other for one, other in zip(counts, found, strict=True)))
    return counts


def _take(reading: Reading, checked: Checked[LibraryRow], dry_run: bool) -> Counts:
    readable, titles = 0, dict[bytes, str]()
    long: dict[bytes, bytes] = {}
    for line, row in zip(checked.lines, checked.rows, strict=True):
        mark = fingerprint(row.text)
        if not mark.digest:
            cure = "Take the row out, or export the text with it."
            reading.rejections.add([Rejected(line, reading.column_of("text"), "The text has no words", cure)])
            continue
        readable += 1
        titles[mark.digest] = row.title
        packed = mark.packed()
        if packed is not None:
            long[mark.digest] = packed
    rows = db.session.execute(select(LibraryText.text_hash, LibraryText.title).where(LibraryText.text_hash.in_(titles)))
    known = {row.text_hash: row.title for row in rows}
    new = {text_hash: title for text_hash, title in titles.items() if text_hash not in known}
    changed = {text_hash: titles[text_hash] for text_hash in known if known[text_hash] != titles[text_hash]}
    if not dry_run:
        _write(new, changed, long)
    return Counts(len(new), len(changed), readable - len(new) - len(changed))


def _write(new: dict[bytes, str], changed: dict[bytes, str], long: dict[bytes, bytes]) -> None:
    copies.note_texts(long.items(), lambda number: None)
    bulk_insert(library_text, [{"text_hash": text_hash, "title": title} for text_hash, title in new.items()])
    for text_hash, title in changed.items():
        db.session.execute(update(library_text).where(library_text.c.text_hash == text_hash).values(title=title))
    if new:
        copies.mark(select(library_text.c.text_hash).where(library_text.c.text_hash.in_(list(new))))
