"""Who is whose manager after an import: links are resolved, and those that cannot stand are left out and named."""

from collections.abc import Mapping
from dataclasses import replace

from people import management_lines
from people.directory_drafts import Draft, Key, Known, Plan
from people.directory_rows import Problem

MOST_NAMED_IN_CYCLE = 6


def link_managers(plan: Plan, people: Mapping[str, Known], lines: Mapping[str, int]) -> None:
    """Set the manager of every draft; `people` are the known by external id, `lines` where each id stands in the file.

    An unknown manager and a cycle are reported, and the person is taken: with the manager they had, or with none.
    """
    keys = _keys_by_text(plan, people)
    kept: set[Key] = set()
    for draft in plan.drafts.values():
        manager = keys.get(draft.manager_text) or keys.get(draft.manager_text.lower())
        if manager is None and draft.manager_text:
            plan.problems.append(_unknown(draft, lines))
            kept.add(draft.key)
        else:
            draft.facts = replace(draft.facts, manager=manager)
    _open_cycles(plan, people, kept)


def _keys_by_text(plan: Plan, people: Mapping[str, Known]) -> dict[str, Key]:
    """Every id and e-mail address that may name a manager once the import is done; ids win."""
    drafted = {draft.known.id for draft in plan.drafts.values() if draft.known}
    undrafted = [person for person in people.values() if person.id not in drafted]
    keys: dict[str, Key] = {}
    keys.update((person.facts.email, person.id) for person in undrafted if person.facts.email)
    keys.update((draft.facts.email, draft.key) for draft in plan.drafts.values() if draft.facts.email)
    keys.update((person.external_id, person.id) for person in people.values())
    keys.update((draft.external_id, draft.key) for draft in plan.drafts.values())
    return keys


def _unknown(draft: Draft, lines: Mapping[str, int]) -> Problem:
    reason, kept = "Nobody has this manager's id", "the manager stays as it was" if draft.known else "nobody until then"
    if draft.manager_text in lines:
        cure = f"Correct line {lines[draft.manager_text]}, which was not taken; {kept}."
    else:
        cure = f"Add {draft.manager_text[:60]} to the file or correct it; {kept}."
    return Problem(draft.line, "manager", reason, cure, taken=True)


def _open_cycles(plan: Plan, people: Mapping[str, Known], kept: set[Key]) -> None:
    """Leave the manager empty for everybody of the file who stands in a cycle: one open link ends it.

    Where managers that were merely `kept` close the cycle, only those give way: what the file says can then stand, and
    the same file once more changes nothing.
    """
    names: dict[Key, str] = {person.id: person.external_id for person in people.values()}
    links: dict[Key, Key | None] = {draft.key: draft.facts.manager for draft in plan.drafts.values()}
    names.update({draft.key: draft.external_id for draft in plan.drafts.values()})
    for person in people.values():
        links.setdefault(person.id, person.facts.manager)
    for cycle in management_lines.cycles(links):
        cure = f"Correct one of {_in_words([names[key] for key in cycle])}; until then this person has no manager."
        if len(cycle) == 1:
            cure = "Name another, or leave it empty for whoever is at the top."
        opened = [key for key in cycle if key in kept] or cycle
        for draft in (plan.drafts[names[key]] for key in opened if names[key] in plan.drafts):
            draft.facts = replace(draft.facts, manager=None)
            reason = "The managers form a cycle" if len(cycle) > 1 else "The person is their own manager"
            plan.problems.append(Problem(draft.line, "manager", reason, cure, taken=True))


def _in_words(names: list[str]) -> str:
    """ "A → B → A": each reports to the next. A long cycle is shortened in the middle."""
    around = [*names, names[0]]
    if len(around) > MOST_NAMED_IN_CYCLE:
        around = [*around[: MOST_NAMED_IN_CYCLE - 2], "…", *around[-2:]]
    return " → ".join(around)
