"""The import of a directory file: rows as the reader gives them, handed to people, who know what to do with them."""

from datetime import datetime

from activity.formats import rows as formats
from activity.formats.rejected import Rejected
from activity.formats.rows import directory_rows
from activity.imports.reading import Reading
from activity.publishing.counts import Counts
from people.directory.operations import import_directory
from people.directory.rows import DirectoryReport, DirectoryRow, Problem
from web import count

OUR_NAMES = {"id": "external_id", "start": "starts_on", "end": "ends_on"}
THEIR_NAMES = {ours: name for name, ours in OUR_NAMES.items()}


def import_people(reading: Reading, *, actor_id: int | None, at: datetime, dry_run: bool) -> tuple[Counts, list[str]]:
    """Import the people of a file, all of them in one go; returns the counts and what is worth knowing."""
    reader = directory_rows(reading.mapping, reading.table.columns)
    rows: list[DirectoryRow] = []
    for batch in reading.table.batches():
        checked = reader.read(batch)
        reading.rejections.add(checked.rejected)
        reading.tell_progress(len(checked.rows))
        rows += (_row(line, row) for line, row in zip(checked.lines, checked.rows, strict=True))
    columns = {OUR_NAMES.get(name, name) for name in (*reading.mapping.columns, *reading.mapping.constants)}
    report = import_directory(rows, actor_id=actor_id, at=at, dry_run=dry_run, columns=columns - {"external_id"})
    reading.rejections.add(_rejected(reading, each) for each in report.problems if not each.taken)
    reading.rejections.add_taken(_rejected(reading, each) for each in report.problems if each.taken)
    return Counts(report.created, report.updated, report.unchanged), _notes(report)


def _row(line: int, row: formats.DirectoryRow) -> DirectoryRow:
    return DirectoryRow(
        line, row.id, row.name, row.email, row.team, row.manager, row.site, row.languages, row.time_zone,
        row.start, row.end, row.job,
    )  # fmt: skip


def _rejected(reading: Reading, problem: Problem) -> Rejected:
    column = reading.column_of(THEIR_NAMES.get(problem.column, problem.column))
    return Rejected(problem.line, column, problem.reason, problem.cure)


def _notes(report: DirectoryReport) -> list[str]:
    notes = []
    if report.teams_created:
        notes.append(f"{count(report.teams_created, 'team is', 'teams are')} new.")
    if report.managers_named or report.managers_ended:
        ended = f", {report.managers_ended:,} no longer are" if report.managers_ended else ""
        notes.append(f"{count(report.managers_named, 'person leads', 'people lead')} a team now{ended}.")
    if report.missing:
        who = count(len(report.missing), "active employee is", "active employees are")
        first = ", ".join(person.external_id for person in report.missing[:5])
        more = " and others" if len(report.missing) > 5 else ""
        notes.append(f"{who} not in the file and left as they are: {first}{more}.")
    return notes
