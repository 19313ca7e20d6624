"""Which teams, sites and languages have somebody to turn to, and whom to choose next so that most have. Pure.

The proposal is greedy: each time whoever covers most that nobody covers yet. It covers at least 63 in 100 of what the
best choice of that many people could (Nemhauser, Wolsey and Fisher 1978).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

TEAM, SITE, LANGUAGE = "team", "site", "language"
Thing = tuple[str, str]
"""What may be covered: ("team", "Care Porto"), ("site", "Porto") or ("language", "pt")."""

LEAST_SHARE = 0.02
"""A language that fewer of the people speak is not waited for."""


@dataclass(frozen=True)
class Group:
    """So many people of one team at one site with these languages ("pt;en", the first is preferred)."""

    team: str
    site: str
    languages: str
    people: int


@dataclass(frozen=True)
class Choice:
    """One person of the proposal and what they add to those before; at least one thing."""

    employee_id: int
    adds: tuple[Thing, ...]


@dataclass(frozen=True)
class SiteCoverage:
    """How many teams of a site have somebody, and which have none."""

    site: str
    teams: int
    without: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """What is covered now, by site and by language, and the proposal. `unspoken`: language and its speakers."""

    sites: tuple[SiteCoverage, ...]
    unspoken: tuple[tuple[str, int], ...]
    proposal: tuple[Choice, ...]

    @property
    def teams(self) -> int:
        """How many teams there are."""
        return sum(site.teams for site in self.sites)

    @property
    def with_someone(self) -> int:
        """How many teams have somebody."""
        return self.teams - sum(len(site.without) for site in self.sites)

    def added(self, kind: str) -> int:
        """How many teams, sites or languages the proposal adds."""
        return sum(thing[0] == kind for choice in self.proposal for thing in choice.adds)


def things_of(team: str, site: str, languages: str) -> frozenset[Thing]:
    """What somebody of this team and site with these languages covers."""
    spoken = {(LANGUAGE, code) for code in languages.split(";") if code}
    return frozenset(spoken | ({(TEAM, team)} if team else set()) | ({(SITE, site)} if site else set()))


def coverage(
    groups: Sequence[Group], covered: Iterable[frozenset[Thing]], candidates: Mapping[int, frozenset[Thing]]
) -> Coverage:
    """What those in `covered` leave open among `groups`, and whom of `candidates` (best first) to choose next."""
    have: set[Thing] = set().union(*covered)
    speakers = _speakers(groups)
    wanted = {(TEAM, group.team) for group in groups if group.team}
    wanted |= {(SITE, group.site) for group in groups if group.site}
    wanted |= {(LANGUAGE, code) for code in speakers}
    unspoken = [(code, number) for code, number in speakers.items() if (LANGUAGE, code) not in have]
    return Coverage(
        sites=_by_site(groups, {name for kind, name in have if kind == TEAM}),
        unspoken=tuple(sorted(unspoken, key=lambda pair: (-pair[1], pair[0]))),
        proposal=tuple(greedy(candidates, wanted - have)),
    )


def greedy(candidates: Mapping[int, frozenset[Thing]], missing: set[Thing]) -> Iterable[Choice]:
    """Whoever adds most of what is still missing, again and again, until nobody adds anything; the first of equals."""
    left, missing = dict(candidates), set(missing)
    while left and missing:
        best = max(left, key=lambda person: len(left[person] & missing))
        adds = left.pop(best) & missing
        if not adds:
            return
        missing -= adds
        yield Choice(best, tuple(sorted(adds, key=lambda thing: ((TEAM, SITE, LANGUAGE).index(thing[0]), thing[1]))))


def _speakers(groups: Sequence[Group]) -> dict[str, int]:
    """How many people speak each language that is worth waiting for."""
    number: Counter[str] = Counter()
    for group in groups:
        for code in {code for code in group.languages.split(";") if code}:
            number[code] += group.people
    everybody = sum(group.people for group in groups)
    return {code: people for code, people in sorted(number.items()) if people >= LEAST_SHARE * everybody}


def _by_site(groups: Sequence[Group], have: set[str]) -> tuple[SiteCoverage, ...]:
    """Teams by the site where most of their people are, the site with most teams first."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        if group.team:
            people[group.team][group.site or "No site"] += group.people
    by_site: dict[str, list[str]] = defaultdict(list)
    for team in sorted(people):
        by_site[people[team].most_common(1)[0][0]].append(team)
    return tuple(
        SiteCoverage(site, len(teams), tuple(team for team in teams if team not in have))
        for site, teams in sorted(by_site.items(), key=lambda item: (-len(item[1]), item[0]))
    )
