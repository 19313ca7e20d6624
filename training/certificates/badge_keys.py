"""The keys that sign badges: files in the instance folder, readable by their owner alone, made at first use.

The private part of the present key is `badge_keys/present.pem`. A rotation keeps the public part of the one before, so
that badges signed with it can be checked for good, and throws its private part away.
"""

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

FOLDER = "badge_keys"
PRESENT = "present.pem"
BITS = 2048


@dataclass(frozen=True)
class SigningKey:
    """The present key with its name."""

    name: str
    private: RSAPrivateKey


def signing_key(instance: Path) -> SigningKey:
    """The present key; made now if there is none. Two processes that come at once end up with the same one."""
    folder = instance / FOLDER
    file = folder / PRESENT
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(file, _new_key())
    private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError(f"{file} holds no RSA key. Put the right file back, or rotate the key.")
    return SigningKey(_name_of(private), private)


def rotate(instance: Path) -> SigningKey:
    """Make a new key. What was signed before can be checked on, and nothing is signed with the old one any more."""
    before = signing_key(instance)
    folder = instance / FOLDER
    kept = folder / f"{before.name}.json"
    kept.write_text(json.dumps(_public(before)), encoding="utf-8")
    draft = folder / "next.pem"
    draft.unlink(missing_ok=True)
    _write_new(draft, _new_key())
    draft.replace(folder / PRESENT)
    return signing_key(instance)


def public_keys(instance: Path) -> list[dict[str, Any]]:
    """The public parts of all keys as JWKs (RFC 7517), the present one first. Never a private part."""
    present = _public(signing_key(instance))
    older = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((instance / FOLDER).glob("*.json"))]
    return [present, *older]


def _public(key: SigningKey) -> dict[str, Any]:
    made: dict[str, Any] = RSAAlgorithm.to_jwk(key.private.public_key(), as_dict=True)
    made.pop("key_ops", None)
    return made | {"kid": key.name, "alg": "RS256", "use": "sig"}


def _new_key() -> bytes:
    return generate_private_key(public_exponent=65537, key_size=BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all; one that is there already stays."""
    draft = file.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _name_of(private: RSAPrivateKey) -> str:
    """A short name that follows from the key itself."""
    der = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return sha256(der).hexdigest()[:16]
