"""From the rows of a directory to drafts: every row that is right by itself, held against who is known."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from people.directory.drafts import Company, Draft, Facts, Known, Plan
from people.directory.rows import DirectoryRow, Problem
from people.employees import person_facts
from people.employees.person_facts import SEPARATOR, FactError

COMMUNITY = "Community"

Value = TypeVar("Value")


def draft_rows(plan: Plan, rows: Iterable[DirectoryRow], company: Company, columns: Collection[str]) -> dict[str, int]:
    """Draft every row of which no cell is wrong and no id was seen before; return the line of each id in the file.

    Somebody entered by hand is recognised by the e-mail address and gets the id of the directory.
    """
    lines: dict[str, int] = {}
    by_hand = {
        person.facts.email or person.external_id: person for person in company.people.values() if person.is_local
    }
    for row in rows:
        reader = _RowReader(row, columns)
        external_id = reader.checked("external_id", person_facts.external_id)
        if external_id in lines:
            reason = f"The id stands on line {lines[external_id]} already"
            reader.problems.append(Problem(row.line, "external_id", reason, "Keep one of the two lines."))
        elif external_id is not None:
            lines[external_id] = row.line
            known = company.people.get(external_id) or by_hand.pop(row.email.strip().lower(), None)
            facts = reader.facts(external_id, known, company.time_zone)
            if not reader.problems:
                plan.drafts[external_id] = Draft(row.line, external_id, known, facts, " ".join(row.manager.split()))
        plan.problems += reader.problems
    return lines


class _RowReader:
    """Reads one row; `problems` are those met so far."""

    def __init__(self, row: DirectoryRow, columns: Collection[str]) -> None:
        self.problems: list[Problem] = []
        self._row, self._columns = row, columns

    def checked(self, column: str, check: Callable[[str], Value]) -> Value | None:
        """The clean value of a cell, or None if it cannot be taken."""
        try:
            return check(getattr(self._row, column))
        except FactError as error:
            self.problems.append(Problem(self._row.line, column, error.reason, error.cure))
            return None

    def facts(self, external_id: str, known: Known | None, time_zone: str) -> Facts:
        """What is to be stored: the row's word where it has one, else what is known, else the usual.

        Two things are never emptied by an empty cell, since everybody has one: the name and the time zone.
        """
        old = known.facts if known else None
        facts = Facts(
            name=self._stated("name", _name) or (old.name if old else _name(f"Person {external_id}")),
            email=self._stated("email", person_facts.email, old.email if old else None),
            team=self._stated("team", _team, old.team if old else COMMUNITY),
            manager=old.manager if old else None,
            site=self._stated("site", _place, old.site if old else "") or "",
            languages=self._stated("languages", person_facts.languages, old.languages if old else "") or "",
            time_zone=self._stated("time_zone", person_facts.time_zone) or (old.time_zone if old else time_zone),
            starts_on=self._day("starts_on", old.starts_on if old else None),
            ends_on=self._day("ends_on", old.ends_on if old else None),
            job=self._stated("job", _place, old.job if old else "") or "",
        )
        self._check_order(facts)
        return facts

    def _stated(self, column: str, check: Callable[[str], Value], kept: Any = None) -> Value | None:
        return self.checked(column, check) if column in self._columns else kept

    def _day(self, column: str, kept: date | None) -> date | None:
        return getattr(self._row, column) if column in self._columns else kept

    def _check_order(self, facts: Facts) -> None:
        try:
            person_facts.check_order(facts.starts_on, facts.ends_on)
        except FactError as error:
            column = "ends_on" if "ends_on" in self._columns else "starts_on"
            self.problems.append(Problem(self._row.line, column, error.reason, error.cure))


def _name(text: str) -> str:
    return person_facts.line_of_text(text)


def _place(text: str) -> str:
    return person_facts.line_of_text(text, person_facts.LONGEST_PLACE)


def _team(text: str) -> str | None:
    return SEPARATOR.join(person_facts.team_path(text)) or None
