"""Coverage: which teams, sites and languages nobody covers, and whom to choose next so that most are."""

from hypothesis import given
from hypothesis import strategies as st

from champions.shortlist.coverage import Group, coverage, greedy, things_of

GROUPS = [
    Group("Care Porto", "Porto", "pt;en", 6),
    Group("Care Leeds", "Leeds", "en", 9),
    Group("Shop Lyon", "Lyon", "fr;en", 4),
    Group("Sales", "Porto", "pt", 5),
]


def test_a_team_without_anybody_is_named_under_its_site():
    found = coverage(GROUPS, [things_of("Care Porto", "Porto", "pt;en")], {})
    assert (found.with_someone, found.teams) == (1, 4)
    assert {site.site: site.without for site in found.sites} == {
        "Porto": ("Sales",),
        "Leeds": ("Care Leeds",),
        "Lyon": ("Shop Lyon",),
    }


def test_a_language_that_nobody_chosen_speaks_is_told_with_its_speakers():
    found = coverage(GROUPS, [things_of("Care Leeds", "Leeds", "en")], {})
    assert found.unspoken == (("pt", 11), ("fr", 4))


def test_a_language_of_hardly_anybody_is_not_waited_for():
    found = coverage([*GROUPS, Group("Care Leeds", "Leeds", "mt", 0)], [], {})
    assert "mt" not in dict(found.unspoken)


def test_the_proposal_takes_first_who_adds_most():
    candidates = {
        7: things_of("Care Leeds", "Leeds", "en"),
        8: things_of("Shop Lyon", "Lyon", "fr;en"),
        9: things_of("Shop Lyon", "Lyon", "fr"),
    }
    found = coverage(GROUPS, [things_of("Care Porto", "Porto", "pt;en")], candidates)
    assert [choice.employee_id for choice in found.proposal] == [8, 7]
    assert found.proposal[0].adds == (("team", "Shop Lyon"), ("site", "Lyon"), ("language", "fr"))
    assert (found.added("team"), found.added("site"), found.added("language")) == (2, 2, 1)


def test_of_equals_the_first_is_taken():
    same = things_of("Sales", "Porto", "pt")
    assert [choice.employee_id for choice in greedy({5: same, 3: same}, set(same))] == [5]


@given(
    st.dictionaries(
        st.integers(0, 50), st.frozensets(st.tuples(st.sampled_from(["team", "site"]), st.text("abcdef", min_size=1)))
    ),
    st.sets(st.tuples(st.sampled_from(["team", "site"]), st.text("abcdef", min_size=1))),
)
def test_whatever_can_be_covered_is_covered_once_and_nobody_is_chosen_for_nothing(candidates, missing):
    chosen = list(greedy(candidates, missing))
    added = [thing for choice in chosen for thing in choice.adds]
    assert len(added) == len(set(added))
    assert set(added) == missing & frozenset().union(*candidates.values())
    gains = [len(choice.adds) for choice in chosen]
    assert gains == sorted(gains, reverse=True)
    assert all(gains)
