"""The staff directory of the demo company: a valid tree of teams, unique made-up people, a coherent cast."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from samples.company.company import generate
from samples.company.records import Company, Person
from samples.company.staffing import LEAVERS, NEWCOMERS, ON_NOTICE, is_part_time, within
from samples.company.teams import CARE_REGION, LEARNING_TEAM, ROOT, SEPARATOR


def test_there_are_412_people_with_unique_ids_names_and_addresses(company: Company) -> None:
    assert len(company.people) == 412
    for unique in ("id", "name", "email"):
        assert len({getattr(person, unique) for person in company.people}) == 412


def test_nobody_has_an_address_that_could_exist(company: Company) -> None:
    assert all(person.email.endswith("@larkspur.example") for person in company.people)
    assert all(person.email.isascii() and person.email == person.email.lower() for person in company.people)


def test_every_line_of_management_ends_at_the_one_head_of_the_company(company: Company) -> None:
    manager = {person.id: person.manager for person in company.people}
    top = [person for person, boss in manager.items() if not boss]
    assert len(top) == 1
    for person in manager:
        line = [person]
        while manager[line[-1]]:
            line.append(manager[line[-1]])
            assert len(line) <= 6, f"{line} goes in circles"
        assert line[-1] == top[0]


def test_every_team_has_a_parent_and_a_manager_who_works_in_it(company: Company) -> None:
    paths = {team.path for team in company.teams}
    person = {person.id: person for person in company.people}
    assert len(paths) == len(company.teams) == 27
    for team in company.teams:
        assert team.path == ROOT or team.path.rpartition(SEPARATOR)[0] in paths
        assert person[team.manager].team == team.path


def test_people_report_to_the_manager_of_their_team_and_that_one_to_the_team_above(company: Company) -> None:
    head = {team.path: team.manager for team in company.teams}
    assert {person.team for person in company.people} == set(head)
    for person in company.people:
        is_head = head[person.team] == person.id
        assert person.manager == (head.get(_above(person), "") if is_head else head[person.team])


def test_five_sites_six_languages_and_known_time_zones(company: Company) -> None:
    assert Counter(person.site for person in company.people).keys() == {
        "Leeds", "Manchester", "Porto", "Gdańsk", "Lyon",
    }  # fmt: skip
    assert {language for person in company.people for language in person.languages} == {
        "en", "pt", "pl", "fr", "es", "de",
    }  # fmt: skip
    assert all(ZoneInfo(person.time_zone) for person in company.people)
    assert all(len(set(person.languages)) == len(person.languages) >= 1 for person in company.people)


def test_some_started_some_left_and_some_gave_notice_within_the_year(company: Company) -> None:
    first_day = company.today - timedelta(days=365)
    ends = [person.end for person in company.people if person.end is not None]
    assert sum(person.start >= first_day for person in company.people) == NEWCOMERS
    assert sum(end < company.today for end in ends) == LEAVERS
    assert sum(end >= company.today for end in ends) == ON_NOTICE
    assert all(person.end is None or person.start < person.end for person in company.people)
    assert all(person.start < company.today for person in company.people)
    assert any(is_part_time(person) for person in company.people)


def test_managers_do_not_leave_or_start_within_the_year(company: Company) -> None:
    heads = {team.manager for team in company.teams}
    first_day = company.today - timedelta(days=365)
    assert all(person.end is None and person.start < first_day for person in company.people if person.id in heads)


def test_the_cast_is_different_people_who_fit_their_parts(company: Company) -> None:
    person = {person.id: person for person in company.people}
    cast = company.cast
    ids = (cast.owner, *cast.reviewers, cast.care_manager, cast.learner, cast.newcomer, cast.part_timer, cast.leaver)
    assert len(set(ids)) == len(ids)
    assert {person[each].team for each in (cast.owner, *cast.reviewers)} == {LEARNING_TEAM}
    assert person[cast.care_manager].team == CARE_REGION
    assert 40 <= sum(within(each, CARE_REGION) for each in company.people) <= 50
    assert within(person[cast.learner], CARE_REGION)
    assert is_part_time(person[cast.part_timer])
    assert not person[cast.leaver].works_on(company.today)
    assert all(person[each].works_on(company.today) for each in ids if each != cast.leaver)


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_every_seed_has_a_cast_whom_no_mishap_touches(seed: int, company: Company) -> None:
    other = generate(seed, company.today)
    spoiled = {
        *other.mishaps.praise_ring, *other.mishaps.quiet_accounts, *other.mishaps.pasters,
        *other.mishaps.bought_reach, other.mishaps.pushed, other.mishaps.flooder, other.mishaps.copyist,
    }  # fmt: skip
    cast = other.cast
    assert not spoiled & {cast.owner, *cast.reviewers, cast.care_manager, cast.learner, cast.newcomer, cast.leaver}
    assert other.people != company.people


def _above(person: Person) -> str:
    return person.team.rpartition(SEPARATOR)[0]
