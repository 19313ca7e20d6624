"""Passwords: argon2id with a capped number of checks at once; at least 15 characters, a block list, nothing else.

Sources: NIST SP 800-63B-4 (length, block list, no rules of composition, no forced change), OWASP password storage.
"""

from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 15, 256
BLOCK_LIST = Path(__file__).with_name("blocked_passwords.txt")

_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_slots = BoundedSemaphore(2)
_blocked: frozenset[str] = frozenset()
_nobody = ""


def set_slots(number: int) -> None:
    """Allow `number` passwords to be hashed or checked at once in this process; each takes 46 MiB."""
    global _slots
    _slots = BoundedSemaphore(number)


def problem_with(password: str, *, known: tuple[str, ...] = ()) -> str | None:
    """What is wrong with a new password, in words for the person, or None. `known`: name, e-mail address and alike."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters; a short sentence is easy to remember. This has {len(password)}."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    bare = "".join(password.lower().split())
    if bare in blocked() or len(set(bare)) < 5:
        return "This password is on the list that is tried first. Choose one that only you would think of."
    for text in known:
        if text and text.lower() in password.lower() and len(text) * 2 > len(password):
            return "Your name or address makes up most of this password. Choose other words."
    return None


def blocked() -> frozenset[str]:
    """Passwords that are refused, in lower case without spaces."""
    global _blocked
    if not _blocked:
        lines = BLOCK_LIST.read_text(encoding="utf-8").splitlines()
        _blocked = frozenset(line.strip() for line in lines if line and not line.startswith("#"))
    return _blocked


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    with _slots:
        return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Check a password in the same time whether or not the account exists (`password_hash` None) or has a password."""
    global _nobody
    if not _nobody:
        _nobody = hash_password("nobody has this password")
    try:
        with _slots:
            _hasher.verify(password_hash or _nobody, password[: LONGEST * 4])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def renewed(password_hash: str, password: str) -> str | None:
    """The hash of a right password by today's settings, if `password_hash` was made by others; else None."""
    return hash_password(password) if _hasher.check_needs_rehash(password_hash) else None
