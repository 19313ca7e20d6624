"""How the columns of one source are read: our field to their column, by name and never by position.

A mapping is saved as JSON and used again for every file of the same source.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from activity.formats.fields import FIELDS, FileKind, field_names

PARTS = ("columns", "constants", "values")


class MappingError(ValueError):
    """A saved mapping that cannot be used. The message says where and why."""


class Problem(NamedTuple):
    """Why a file cannot be read with a mapping yet: the field it is about, what is wrong, and the cure."""

    field: str
    text: str
    cure: str


@dataclass(frozen=True)
class ColumnMapping:
    """`columns`: our field to their column. `constants`: our field to a text that holds for every row.

    `values`: our field to a table from what they write to what we call it, compared without regard to case; a value
    that is not in the table is read as it stands.
    """

    kind: FileKind
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def people_by_email(self) -> bool:
        """Whether the file names people by e-mail and not by id."""
        return self.is_read("person_email") and not self.is_read("person_id")

    def problems(self, header: Collection[str]) -> list[Problem]:
        """All reasons why a file with the columns `header` cannot be read with this mapping; none if it can."""
        found = []
        known = field_names(self.kind)
        for name in (*self.columns, *self.constants, *self.values):
            if name not in known:
                found.append(Problem(name, f"“{name}” is not a field of this kind of file.", "Take it out."))
        for name, column in self.columns.items():
            if column not in header:
                text = f"The file has no column “{column}”."
                found.append(Problem(name, text, "Choose another column or leave the field out."))
            if name in self.constants:
                text = f"“{name}” has both a column and a fixed value."
                found.append(Problem(name, text, "Keep one of the two."))
        return [*found, *self._unmapped(), *self._named_twice()]

    def is_read(self, name: str) -> bool:
        """Whether a column or a fixed value stands for the field `name`."""
        return name in self.columns or name in self.constants

    def _unmapped(self) -> list[Problem]:
        return [
            Problem(each.name, f"No column is read as “{each.label}”.", "Choose the column that holds it.")
            for each in FIELDS[self.kind]
            if each.required and not self.is_read(each.name) and not self.is_read(each.instead)
        ]

    def _named_twice(self) -> list[Problem]:
        pairs = (("person_id", "person_email"), ("target_person_id", "target_person_email"))
        return [
            Problem(email, "The same person is read both by id and by e-mail.", "Keep one of the two.")
            for by_id, email in pairs
            if self.is_read(by_id) and self.is_read(email)
        ]

    def to_json(self) -> str:
        """The mapping as JSON, the same text for the same mapping."""
        parts = {
            "kind": self.kind.value,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "values": {name: dict(table) for name, table in self.values.items()},
        }
        return json.dumps(parts, ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "ColumnMapping":
        """The mapping that `to_json` wrote. Raise MappingError for anything else."""
        try:
            parts = json.loads(text)
        except (ValueError, RecursionError):
            raise MappingError("The mapping is not valid JSON.") from None
        if not isinstance(parts, dict) or not parts.keys() <= {"kind", *PARTS}:
            raise MappingError(f"A mapping is an object with kind, {', '.join(PARTS)}, and nothing else.")
        if parts.get("kind") not in list(FileKind):
            raise MappingError(f"The kind of a mapping is one of {', '.join(FileKind)}.")
        columns, constants = (_texts(parts.get(part, {}), part) for part in ("columns", "constants"))
        tables = parts.get("values", {})
        if not isinstance(tables, dict):
            raise MappingError("“values” must be an object of objects.")
        values = {name: _texts(table, f"values of {name}") for name, table in tables.items()}
        mapping = cls(FileKind(parts["kind"]), columns, constants, values)
        for name in (*columns, *constants, *values):
            if name not in field_names(mapping.kind):
                raise MappingError(f"“{name}” is not a field of a file of kind {mapping.kind}.")
        return mapping


def _texts(value: Any, where: str) -> dict[str, str]:
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return value
    raise MappingError(f"“{where}” must be an object of texts.")
