"""Rows of outcomes into a staging file: ids made where there are none, shared outcomes held together."""

from datetime import datetime

from activity.formats.external_ids import OccurrenceCounter, with_outcome_ids
from activity.formats.rejected import Rejected
from activity.formats.row_reader import Checked
from activity.formats.rows import OutcomeRow, outcome_rows
from activity.imports.reading import Reading, stage_rows
from activity.publishing.people_index import PeopleIndex, by_email
from activity.staging.rows import Staging
from activity.staging.tables import staged_credit, staged_outcome

OUTCOME_COLUMNS = ("external_id", "line", "at", "kind", "value")
CREDIT_COLUMNS = ("line", "external_id", "employee_id", "share", "activity_id")
TOLD_DIFFERENTLY = "The outcome is told differently"
PERSON_TWICE = "The outcome names the person twice"


class OutcomeStager:
    """Puts the rows of one file of outcomes into a staging file."""

    def __init__(self, reading: Reading, staging: Staging, *, now: datetime) -> None:
        self._reading, self._staging = reading, staging
        self._reader = outcome_rows(reading.mapping, reading.table.columns, now)
        self._people = PeopleIndex(by_email(reading.mapping, "person"))

    def stage(self) -> None:
        """Read the file to its end."""
        with OccurrenceCounter() as counter:
            for batch in self._reading.table.batches():
                checked = self._reader.read(batch)
                self._reading.rejections.add(checked.rejected)
                self._reading.tell_progress(len(checked.rows))
                if checked.rows:
                    self._take(checked._replace(rows=with_outcome_ids(checked.rows, counter)))

    def _take(self, checked: Checked[OutcomeRow]) -> None:
        rows = list(zip(checked.lines, checked.rows, strict=True))
        who = self._people.ids([row.person_id for row in checked.rows])
        self._reading.note_blanks("activity_id", sum(not row.activity_id for row in checked.rows))
        known = [(line, row, person) for (line, row), person in zip(rows, who, strict=True) if person is not None]
        if len(known) < len(rows):
            self._reject_strangers([each for each, person in zip(rows, who, strict=True) if person is None])
        heads = [
            (row.outcome_id, line, row.at.isoformat(" ", "microseconds")[:26], row.kind, row.value)
            for line, row, _ in known
        ]
        all_new = self._staging.add(staged_outcome, OUTCOME_COLUMNS, heads) == len(heads)
        agreeing = set(checked.lines) if all_new else self._agreeing(heads)
        credits = [
            (line, row.outcome_id, person, row.share, row.activity_id or None)
            for line, row, person in known
            if line in agreeing
        ]
        self._reject_repeated(stage_rows(self._staging, staged_credit, CREDIT_COLUMNS, credits))

    def _reject_strangers(self, strangers: list[tuple[int, OutcomeRow]]) -> None:
        column = self._reading.column_of(self._reading.person_field("person"))
        self._reading.rejections.add(
            Rejected(line, column, *self._people.refusal(row.person_id), row.person_id) for line, row in strangers
        )

    def _agreeing(self, heads: list[tuple[str, int, str, str, float]]) -> set[int]:
        """The lines that tell of their outcome what its first line told; the others are rejected."""
        columns = ",".join(OUTCOME_COLUMNS)
        sql = f"SELECT {columns} FROM staged_outcome WHERE external_id IN"  # noqa: S608 (our own names)
        first = {row[0]: row for row in self._staging.lookup(sql, list({head[0] for head in heads}))}
        lines = set()
        for head in heads:
            other = first[head[0]]
            different = [name for place, name in ((2, "at"), (3, "kind"), (4, "value")) if head[place] != other[place]]
            if not different:
                lines.add(head[1])
                continue
            column = self._reading.column_of(different[0])
            cure = f"Line {other[1]} tells of the same outcome {head[0]}: say the same, or give it another id."
            value = str(head[("at", "kind", "value").index(different[0]) + 2])
            self._reading.rejections.add([Rejected(head[1], column, TOLD_DIFFERENTLY, cure, value)])
        return lines

    def _reject_repeated(self, repeated: list[tuple[object, ...]]) -> None:
        columns = ",".join(CREDIT_COLUMNS)
        sql = f"SELECT {columns} FROM staged_credit WHERE external_id = ? AND employee_id = ?"  # noqa: S608 (own names)
        column = self._reading.column_of(self._reading.person_field("person"))
        for row in repeated:
            other = next(self._staging.query(sql, (row[1], row[2])))
            if other[1:] == row[1:]:
                self._reading.repeated += 1
                continue
            cure = f"Line {other[0]} has the same person and outcome {row[1]}: join the two into one share."
            self._reading.rejections.add([Rejected(int(str(row[0])), column, PERSON_TWICE, cure)])
