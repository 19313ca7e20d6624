"""Planning an import of the directory: what is taken, what is rejected by line, and who is missing. No database."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from people.directory_drafts import Company, Facts, Known, Plan
from people.directory_plan import make_plan
from people.directory_rows import COLUMNS, DirectoryRow
from people.management_lines import cycles

TODAY = date(2026, 3, 2)
NOBODY = Company({}, (), TODAY)


def known(number: int, external_id: str, **facts: object) -> Known:
    usual = Facts(f"Person {external_id}", None, None, None, "", "", "UTC", None, None, "")
    return Known(number, external_id, replace(usual, **facts))


def company(*people: Known, owners: tuple[int, ...] = ()) -> Company:
    return Company({person.external_id: person for person in people}, owners, TODAY, "Europe/Lisbon")


def row(line: int, external_id: str, **facts: object) -> DirectoryRow:
    return DirectoryRow(line, external_id, **facts)


def plan(*rows: DirectoryRow, of: Company = NOBODY, columns: frozenset[str] = COLUMNS) -> Plan:
    return make_plan(rows, of, columns)


def told(made: Plan) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.reason) for problem in made.problems]


def test_an_id_is_enough_and_everybody_comes_into_one_team():
    made = plan(row(2, "u1"), row(3, "u2"), of=company())
    assert [draft.facts.name for draft in made.created] == ["Person u1", "Person u2"]
    assert {draft.facts.team for draft in made.created} == {"Community"}
    assert {draft.facts.time_zone for draft in made.created} == {"Europe/Lisbon"}
    assert not made.problems


def test_a_person_without_a_team_has_none_where_others_have():
    made = plan(row(2, "u1", team="Larkspur / Care"), row(3, "u2"))
    assert [draft.facts.team for draft in made.created] == ["Larkspur / Care", None]


def test_somebody_known_is_updated_and_the_same_again_changes_nothing():
    ben = known(1, "LK-1", name="Ben", site="Porto")
    assert not plan(row(2, "LK-1", name="Ben", site="Porto"), of=company(ben)).updated
    made = plan(row(2, "LK-1", name="Ben", site="Lyon"), of=company(ben))
    assert [draft.facts.site for draft in made.updated] == ["Lyon"]
    assert not made.created


def test_an_empty_cell_empties_all_but_the_name_and_the_time_zone():
    ben = known(
        1, "LK-1", name="Ben", email="ben@larkspur.example", job="Adviser", ends_on=TODAY, time_zone="Asia/Tokyo"
    )
    facts = plan(row(2, "LK-1"), of=company(ben)).drafts["LK-1"].facts
    assert (facts.name, facts.time_zone) == ("Ben", "Asia/Tokyo")
    assert (facts.email, facts.job, facts.ends_on) == (None, "", None)


def test_a_column_that_the_file_does_not_have_changes_nothing():
    dev = known(1, "LK-1")
    ben = known(2, "LK-2", name="Ben", email="ben@larkspur.example", manager=1, site="Porto", team="Care")
    made = plan(row(2, "LK-2", job="Adviser"), of=company(dev, ben), columns=frozenset({"job"}))
    assert made.drafts["LK-2"].facts == replace(ben.facts, job="Adviser")


def test_wrong_cells_reject_their_row_and_no_other():
    made = plan(
        row(2, ""),
        row(3, "u3", time_zone="Europe/Lisbn"),
        row(4, "u4", email="nobody"),
        row(5, "u5", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)),
        row(6, "u6", languages="English", team="Care / / Porto"),
        row(7, "u7", name="Good"),
    )
    assert told(made) == [
        (2, "external_id", "The id is missing"),
        (3, "time_zone", "Unknown time zone"),
        (4, "email", "Not an e-mail address"),
        (5, "ends_on", "The last day is before the first"),
        (6, "languages", "Not a language"),
        (6, "team", "A part of the team's path is empty"),
    ]
    assert list(made.drafts) == ["u7"]
    assert made.problems[1].cure == "Did you mean Europe/Lisbon?"


def test_a_last_day_before_a_first_day_that_is_known_is_seen():
    ben = known(1, "LK-1", starts_on=date(2026, 2, 1))
    made = plan(row(2, "LK-1", ends_on=date(2026, 1, 1)), of=company(ben), columns=frozenset({"ends_on"}))
    assert told(made) == [(2, "ends_on", "The last day is before the first")]


def test_an_id_that_stands_twice_is_taken_once():
    made = plan(row(2, "u1", name="First"), row(3, "u1 ", name="Second"))
    assert told(made) == [(3, "external_id", "The id stands on line 2 already")]
    assert made.drafts["u1"].facts.name == "First"


def test_an_address_that_stands_twice_is_given_once():
    made = plan(row(2, "u1", email="Ben@larkspur.example"), row(3, "u2", email="ben@larkspur.example"))
    assert told(made) == [(3, "email", "The e-mail address stands on line 2 already")]
    assert list(made.drafts) == ["u1"]


def test_an_address_of_somebody_outside_the_file_is_not_taken_from_them():
    ben = known(1, "LK-1", email="ben@larkspur.example")
    made = plan(row(2, "LK-2", email="ben@larkspur.example"), of=company(ben))
    assert told(made) == [(2, "email", "Another employee has this e-mail address")]
    assert "LK-1" in made.problems[0].cure


def test_two_people_may_exchange_their_addresses():
    one, two = known(1, "LK-1", email="a@larkspur.example"), known(2, "LK-2", email="b@larkspur.example")
    made = plan(
        row(2, "LK-1", email="b@larkspur.example"), row(3, "LK-2", email="a@larkspur.example"), of=company(one, two)
    )
    assert [draft.facts.email for draft in made.updated] == ["b@larkspur.example", "a@larkspur.example"]


def test_a_rejected_person_keeps_an_address_that_a_third_wanted():
    people = [known(number, f"LK-{number}", email=f"{number}@larkspur.example") for number in (1, 2, 3)]
    made = plan(
        row(2, "LK-1", email="2@larkspur.example"),
        row(3, "LK-2", email="3@larkspur.example"),
        row(4, "LK-3", email="x@larkspur.example", time_zone="Nowhere"),
        of=company(*people),
    )
    assert [line for line, column, _ in told(made) if column == "email"] == [2, 3]
    assert not made.drafts


def test_somebody_entered_by_hand_is_recognised_by_the_address():
    petra = known(1, "local-1a2b", name="Petra", email="petra@larkspur.example")
    made = plan(row(2, "LK-1", name="Petra Lindqvale", email="Petra@larkspur.example"), of=company(petra))
    assert [(draft.external_id, draft.key) for draft in made.updated] == [("LK-1", 1)]
    assert not made.created


def test_a_manager_is_named_by_id_or_by_address_of_the_file_or_of_the_company():
    dev = known(7, "LK-7", email="dev@larkspur.example")
    made = plan(
        row(2, "u1", manager="LK-7"),
        row(3, "u2", manager="Dev@larkspur.example"),
        row(4, "u3", manager="u4"),
        row(5, "u4", manager="new@larkspur.example"),
        row(6, "u5", email="new@larkspur.example"),
        of=company(dev),
    )
    assert [draft.facts.manager for draft in made.created] == [7, 7, "u4", "u5", None]


def test_an_unknown_manager_is_told_and_the_person_is_taken_without_or_with_the_one_they_had():
    dev, ben = known(1, "LK-1"), known(2, "LK-2", manager=1)
    made = plan(row(2, "LK-2", manager="LK-9"), row(3, "u1", manager="LK-9"), of=company(dev, ben))
    assert told(made) == [(line, "manager", "Nobody has this manager's id") for line in (2, 3)]
    assert [draft.facts.manager for draft in made.drafts.values()] == [1, None]
    assert all(problem.taken for problem in made.problems)


def test_a_manager_whose_own_line_was_rejected_is_told_with_that_line():
    made = plan(row(2, "u1", time_zone="Nowhere"), row(3, "u2", manager="u1"))
    assert "line 2" in made.problems[1].cure


def test_a_cycle_of_managers_is_named_on_each_of_its_lines():
    made = plan(row(2, "a", manager="b"), row(3, "b", manager="c"), row(4, "c", manager="a"), row(5, "d", manager="a"))
    assert told(made) == [(line, "manager", "The managers form a cycle") for line in (2, 3, 4)]
    assert "a → b → c → a" in made.problems[0].cure
    assert [draft.facts.manager for draft in made.drafts.values()] == [None, None, None, "a"]


def test_a_cycle_through_somebody_outside_the_file_is_opened_in_the_file():
    one, two = known(1, "LK-1", manager=2), known(2, "LK-2")
    made = plan(row(2, "LK-2", manager="LK-1"), of=company(one, two))
    assert told(made) == [(2, "manager", "The managers form a cycle")]
    assert made.drafts["LK-2"].facts.manager is None


def test_a_long_cycle_is_named_in_short():
    made = plan(*(row(number + 2, f"u{number}", manager=f"u{(number + 1) % 50}") for number in range(50)))
    assert len(made.problems) == 50
    assert "u0 → u1 → u2 → u3 → … → u49 → u0" in made.problems[0].cure


def test_whoever_is_their_own_manager_is_told_so():
    assert told(plan(row(2, "a", manager="a"))) == [(2, "manager", "The person is their own manager")]


def test_the_missing_are_the_active_whom_the_file_does_not_name():
    here, gone = known(1, "LK-1"), known(2, "LK-2", ends_on=date(2026, 3, 1))
    barred, by_hand = replace(known(3, "LK-3"), deactivated=True), known(4, "local-1")
    last_day, wrong = known(5, "LK-5", ends_on=TODAY), known(6, "LK-6")
    people = company(here, gone, barred, by_hand, last_day, wrong)
    made = plan(row(2, "LK-6", time_zone="Nowhere"), of=people)
    assert [person.external_id for person in made.missing] == ["LK-1", "LK-5"]


def test_the_last_owner_cannot_be_sent_away_by_a_file():
    petra, rafa = known(1, "LK-1"), known(2, "LK-2")
    leaves = [row(2, "LK-1", ends_on=date(2026, 3, 1)), row(3, "LK-2", ends_on=date(2026, 3, 1))]
    made = plan(*leaves, of=company(petra, rafa, owners=(1,)))
    assert told(made) == [(2, "ends_on", "The last programme owner would be gone")]
    assert list(made.drafts) == ["LK-2"]
    assert len(plan(*leaves, of=company(petra, rafa, owners=(1, 2))).problems) == 2
    assert not plan(leaves[0], of=company(petra, rafa, owners=(1, 2))).problems


ids = st.sampled_from(["a", "b", "c", "d", "e", ""])
addresses = st.sampled_from(["", "1@x.example", "2@x.example", "3@x.example", "wrong"])
some_rows = st.lists(
    st.builds(
        DirectoryRow,
        line=st.just(0),
        external_id=ids,
        email=addresses,
        manager=ids | addresses,
        site=st.sampled_from("xy"),
    ),
    max_size=10,
).map(lambda rows: [replace(row, line=number + 2) for number, row in enumerate(rows)])


def after(made: Plan, before: Company) -> dict[str, Known]:
    """Everybody as they would be stored once `made` is written, with the ids a database would give."""
    people = dict(before.people)
    free = 1 + max((person.id for person in people.values()), default=0)
    numbers = {draft.key: draft.known.id if draft.known else free + draft.line for draft in made.drafts.values()}
    for draft in made.drafts.values():
        manager = draft.facts.manager
        people.pop(draft.known.external_id if draft.known else "", None)
        facts = replace(draft.facts, manager=numbers.get(manager, manager))
        people[draft.external_id] = Known(numbers[draft.key], draft.external_id, facts)
    return people


def test_a_kept_manager_gives_way_where_it_would_close_a_cycle():
    people = after(plan(row(2, "b"), row(3, "c", manager="b")), NOBODY)
    before = Company(people, (), TODAY)
    rows = (row(2, "b", manager="c"), row(3, "c", manager="nobody-known"))
    made = plan(*rows, of=before)
    stored = after(made, before)
    assert (stored["b"].facts.manager, stored["c"].facts.manager) == (stored["c"].id, None)
    assert not plan(*rows, of=Company(stored, (), TODAY)).updated


@given(some_rows, some_rows)
def test_whatever_two_files_say_what_is_written_is_sound_and_a_repetition_changes_nothing(
    first: list[DirectoryRow], second: list[DirectoryRow]
):
    before = NOBODY
    for rows in (first, second):
        made = plan(*rows, of=before)
        people = after(made, before)
        stored = [person.facts.email for person in people.values() if person.facts.email]
        assert len(stored) == len(set(stored))
        assert cycles({person.id: person.facts.manager for person in people.values()}) == []
        assert {person.facts.manager for person in people.values()} <= {
            None,
            *(person.id for person in people.values()),
        }
        assert len(made.drafts) + len({problem.line for problem in made.problems if not problem.taken}) == len(rows)
        before = Company(people, (), TODAY)
        again = plan(*rows, of=before)
        assert not again.created
        assert not again.updated
