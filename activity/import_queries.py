"""Reads about imports: the list, one import with its report, its rejected rows page by page and as CSV."""

import csv
import io
from collections.abc import Iterator

from sqlalchemy import select

from activity.models import ImportRejection
from db import db
from web import safe_cell

CSV_COLUMNS = ("line", "column", "value", "reason", "cure")


def rejections_csv(import_id: int) -> Iterator[str]:
    """The stored rejected rows of an import as lines of CSV that no spreadsheet takes for formulas."""
    each = ImportRejection
    query = select(each.line, each.column, each.value, each.reason, each.cure).where(each.import_id == import_id)
    yield csv_line(CSV_COLUMNS)
    for row in db.session.execute(query.order_by(each.line, each.id).execution_options(yield_per=1000)):
        yield csv_line(row)


def csv_line(cells: object) -> str:
    """One line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(map(safe_cell, cells))  # type: ignore[call-overload]
    return out.getvalue()
