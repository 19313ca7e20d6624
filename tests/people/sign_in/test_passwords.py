"""Passwords: what is refused, how they are kept, and how many are checked at once."""

from threading import Thread

import pytest

from people.sign_in import passwords

GOOD = "seven herons on a quiet pier"


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("fourteen chars", "at least 15 characters"),
        ("a" * 257, "at most 256"),
        ("a" * 20, "tried first"),
        ("ababab ababab ababab", "tried first"),
        ("ben harrowgate 1", "Your name"),
        ("ben@larkspur.example", "Your name"),
    ],
)
def test_a_weak_password_is_refused_with_the_cure(password, says):
    problem = passwords.problem_with(password, known=("Ben Harrowgate", "ben@larkspur.example"))
    assert says in (problem or "")


def test_every_password_of_the_block_list_is_refused():
    assert passwords.blocked()
    assert all(passwords.problem_with(password) for password in passwords.blocked())


@pytest.mark.parametrize(
    "password", [GOOD, "onlylowercaseletters", "пятнадцать слов", "🦀🐟🦆🐌🐞 in the pond", "x y z w v " * 20]
)
def test_length_is_all_that_is_asked_for(password):
    assert passwords.problem_with(password, known=("Ben Harrowgate", "ben@larkspur.example", "")) is None


def test_a_password_is_right_only_for_its_own_hash():
    kept = passwords.hash_password(GOOD)
    assert kept.startswith("$argon2id$")
    assert passwords.is_right(kept, GOOD)
    assert not passwords.is_right(kept, GOOD + " ")
    assert not passwords.is_right(None, "nobody has this password")
    assert not passwords.is_right("not a hash", GOOD)
    assert passwords.renewed(kept, GOOD) is None
    assert passwords.hash_password(GOOD) != kept


def test_no_more_passwords_are_checked_at_once_than_there_are_slots():
    passwords.set_slots(1)
    checking = Thread(target=passwords.is_right, args=(None, GOOD))
    with passwords._slots:
        checking.start()
        checking.join(0.5)
        assert checking.is_alive()
    checking.join()
    passwords.set_slots(2)
