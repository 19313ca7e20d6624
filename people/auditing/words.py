"""The audit trail in words: what the details of a row say, without codes and without numbers of rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from people.models import Role
from people.settings.company_settings import choices
from web import day

TEAM_KEYS = ("team", "from", "to")
COUNTED = ("created", "updated", "rejected")


def teams_in(details: Iterable[Mapping[str, Any]]) -> set[int]:
    """The ids of all teams that `details` speak of."""
    return {detail[key] for detail in details for key in TEAM_KEYS if isinstance(detail.get(key), int)}


def in_words(detail: Mapping[str, Any], teams: Mapping[int, str], zone: tzinfo) -> str:
    """What a row's details say; `teams` gives names by id. Empty when there is nothing to add to the verb."""
    said = [_role(detail, teams), _move(detail, teams), _facts(detail), _setting(detail), _numbers(detail)]
    if detail.get("until"):
        said.append(f"until {day(datetime.fromisoformat(detail['until']), zone)}")
    known = {"role", "from", "to", "team", "facts", "setting", "until", "by", *COUNTED}
    said += [_other(key, value) for key, value in sorted(detail.items()) if key not in known]
    return ", ".join(words for words in said if words)


def _other(key: str, value: Any) -> str:
    name = key.replace("_", " ")
    return f"{len(value)} {name}" if isinstance(value, list) else f"{name} {value}"


def _role(detail: Mapping[str, Any], teams: Mapping[int, str]) -> str:
    if detail.get("role") == Role.MANAGER:
        return f"manager of {teams.get(detail.get('team') or 0, 'a team that is gone')}"
    return str(detail.get("role") or "")


def _move(detail: Mapping[str, Any], teams: Mapping[int, str]) -> str:
    if "from" not in detail and "to" not in detail:
        return ""
    before, after = (teams.get(detail.get(key) or 0, "no team") for key in ("from", "to"))
    return f"from {before} to {after}"


def _facts(detail: Mapping[str, Any]) -> str:
    return ", ".join(str(name).removesuffix("_id").replace("_", " ") for name in detail.get("facts", ()))


def _setting(detail: Mapping[str, Any]) -> str:
    labels = {choice.name: choice.label for choice in choices()}
    return labels.get(detail.get("setting", ""), str(detail.get("setting") or ""))


def _numbers(detail: Mapping[str, Any]) -> str:
    return ", ".join(f"{detail[word]:,} {word}" for word in COUNTED if word in detail)
