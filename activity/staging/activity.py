"""Rows of activity into a staging file: people found, texts turned into fingerprints, repetitions told apart."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import eq

from activity.formats.fingerprint import fingerprint
from activity.formats.rejected import Rejected
from activity.formats.row_reader import Checked
from activity.formats.rows import ActivityRow, activity_rows
from activity.imports.reading import ID_TWICE, Reading, stage_rows
from activity.publishing.people_index import PeopleIndex, by_email
from activity.staging.rows import Staging
from activity.staging.tables import staged_activity, staged_text, staged_words

COLUMNS = (
    "line", "external_id", "at", "employee_id", "verb", "kind", "channel", "in_reply_to", "target_id", "magnitude",
    "reach", "permalink", "text_hash", "is_self_reply",
)  # fmt: skip
OF_FIELD = {
    "at": "at",
    "person_id": "employee_id",
    "person_email": "employee_id",
    "verb": "verb",
    "kind": "kind",
    "in_reply_to": "in_reply_to",
    "target_person_id": "target_id",
    "target_person_email": "target_id",
    "channel": "channel",
    "magnitude": "magnitude",
    "reach": "reach",
    "text": "text_hash",
    "permalink": "permalink",
}
Staged = tuple[object, ...]


class ActivityStager:
    """Puts the rows of one file of activity into a staging file."""

    def __init__(self, reading: Reading, staging: Staging, *, now: datetime, keep_text: bool) -> None:
        mapping = reading.mapping
        self._reading, self._staging, self._keep_text = reading, staging, keep_text
        self._reader = activity_rows(mapping, reading.table.columns, now)
        self._people = PeopleIndex(by_email(mapping, "person"))
        self._targets = self._people
        if mapping.is_read("target_person_id") or mapping.is_read("target_person_email"):
            targets_by_email = by_email(mapping, "target_person")
            if targets_by_email != by_email(mapping, "person"):
                self._targets = PeopleIndex(targets_by_email)
        self._reads_text = mapping.is_read("text")
        self.columns_read = sorted({column for name, column in OF_FIELD.items() if mapping.is_read(name)})

    def stage(self) -> None:
        """Read the file to its end."""
        for batch in self._reading.table.batches():
            checked = self._reader.read(batch)
            self._reading.rejections.add(checked.rejected)
            self._reading.tell_progress(len(checked.rows))
            if checked.rows:
                self._take(checked)

    def _take(self, checked: Checked[ActivityRow]) -> None:
        given = list(zip(*checked.rows, strict=True))
        at, verb, kind, channel, magnitude, reach, permalink = (given[place] for place in (1, 3, 4, 7, 8, 9, 11))
        external, person, answered, target, text = (given[place] for place in (0, 2, 5, 6, 10))
        who, whom = self._people.ids(person), self._targets.ids(target)
        self._count_blanks(given, whom)
        staged: list[Staged] = list(
            zip(
                checked.lines,
                external,
                [moment.isoformat(" ", "microseconds")[:26] for moment in at],
                who,
                map(str, verb),
                kind,
                channel,
                [other or None for other in answered],
                whom,
                magnitude,
                map(str, reach),
                permalink,
                self._hashes(checked.lines, text),
                [actor is not None and same for actor, same in zip(who, map(eq, who, whom), strict=True)],
                strict=True,
            )
        )
        if who.count(None) != person.count(""):
            staged = self._without_strangers(staged, person)
        self._reject_repeated(stage_rows(self._staging, staged_activity, COLUMNS, staged))

    def _count_blanks(self, given: Sequence[Sequence[object]], whom: list[int | None]) -> None:
        reading, place = self._reading, ActivityRow._fields.index
        reading.unknown_targets += whom.count(None) - given[place("target_person_id")].count("")
        reading.note_blanks("in_reply_to", given[place("in_reply_to")].count(""))
        reading.note_blanks("reach", sum(each == "not_stated" for each in given[place("reach")]))

    def _hashes(self, lines: Sequence[int], texts: Iterable[str]) -> list[bytes | None]:
        if not self._reads_text:
            return [None] * len(lines)
        marks = [fingerprint(text) if text else None for text in texts]
        known = [(mark.digest, mark.packed()) for mark in marks if mark and mark.digest]
        self._staging.add(staged_text, ("text_hash", "signature"), known)
        if self._keep_text:
            words = ((line, text) for line, text in zip(lines, texts, strict=True) if text)
            self._staging.add(staged_words, ("line", "text"), words)
        return [mark.digest or None if mark else None for mark in marks]

    def _without_strangers(self, staged: list[Staged], person: Sequence[str]) -> list[Staged]:
        column = self._reading.column_of(self._reading.person_field("person"))
        strangers = []
        for row, name in zip(staged, person, strict=True):
            if name and row[3] is None:
                reason, cure = self._people.refusal(name)
                strangers.append(Rejected(int(str(row[0])), column, reason, cure, name))
        self._reading.rejections.add(strangers)
        return [row for row, name in zip(staged, person, strict=True) if not name or row[3] is not None]

    def _reject_repeated(self, repeated: list[Staged]) -> None:
        """What stands in the file twice counts as known if it says the same, and is rejected if it does not."""
        if not repeated:
            return
        columns = ",".join(COLUMNS)
        sql = f"SELECT {columns} FROM staged_activity WHERE external_id IN"  # noqa: S608 (our own names)
        first = {row[1]: row for row in self._staging.lookup(sql, [row[1] for row in repeated])}
        column = self._reading.column_of("activity_id")
        for row in repeated:
            other = first[row[1]]
            if other[1:] == row[1:]:
                self._reading.repeated += 1
                continue
            cure = f"Line {other[0]} has it too and says something else: keep one of the two."
            self._reading.rejections.add([Rejected(int(str(row[0])), column, ID_TWICE, cure, str(row[1]))])
