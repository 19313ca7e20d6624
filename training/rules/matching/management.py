"""Who stands above whom, as two numbers each, so that a line of management is found without walking it."""

from collections.abc import Mapping

from training.rules.matching.columns import MatchingError

Line = tuple[int, int]


def lines_of_management(managers: Mapping[int, int | None]) -> dict[int, Line]:
    """Number a forest of managers: a manages b, directly or not, if and only if from[a] < from[b] < to[a].

    `managers` names the manager of every employee, None at the top; a manager who has no entry of their own stands at
    the top. The numbers are the visits of a walk in preorder (R. E. Tarjan, "Depth-first search and linear graph
    algorithms", 1972) and depend on nothing but the mapping's content. Raises MatchingError for a circle.
    """
    reports: dict[int | None, list[int]] = {}
    everybody = sorted({*managers, *(manager for manager in managers.values() if manager is not None)})
    for employee in everybody:
        reports.setdefault(managers.get(employee), []).append(employee)
    downwards = list(reports.get(None, []))
    for employee in downwards:
        downwards.extend(reports.get(employee, []))
    if len(downwards) < len(everybody):
        raise MatchingError(_circle_message(managers, set(everybody) - set(downwards)))

    size = dict.fromkeys(downwards, 1)
    for employee in reversed(downwards):
        manager = managers.get(employee)
        if manager is not None:
            size[manager] += size[employee]
    lines: dict[int, Line] = {}
    free: dict[int | None, int] = {None: 0}
    for employee in downwards:
        manager = managers.get(employee)
        first = free[manager]
        free[manager] = first + size[employee]
        free[employee] = first + 1
        lines[employee] = (first, first + size[employee])
    return lines


def _circle_message(managers: Mapping[int, int | None], unreached: set[int]) -> str:
    """Name one circle: whoever is not reached from the top leads into one by going up."""
    employee = min(unreached)
    seen: list[int] = []
    while employee not in seen:
        seen.append(employee)
        above = managers[employee]
        assert above is not None  # whoever has no manager stands at the top and is reached
        employee = above
    circle = ", ".join(str(member) for member in sorted(seen[seen.index(employee) :]))
    return f"The employees {circle} manage one another in a circle: correct the manager of one of them."
