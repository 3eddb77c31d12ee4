"""Sealing bytes with a passphrase or a recovery code: Argon2id, then AES-256-GCM."""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import cast

from chutdiao.domain.problem import Json

MEMORY_KIB, ROUNDS, LANES = 65536, 3, 4
_LIMITS = {"memory_kib": 1 << 20, "rounds": 16, "lanes": 16}


class CannotOpenError(Exception):
    """The secret does not fit, or the bytes were changed."""


def _derive(secret: str, recipe: Mapping[str, Json]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    numbers = {name: recipe.get(name) for name in _LIMITS}
    for name, number in numbers.items():
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= _LIMITS[name]:
            raise CannotOpenError(name)
    if recipe.get("kdf") != "argon2id":
        raise CannotOpenError("kdf")
    return hash_secret_raw(
        secret.encode(),
        b64decode(str(recipe.get("salt", ""))),
        time_cost=cast(int, numbers["rounds"]),
        memory_cost=cast(int, numbers["memory_kib"]),
        parallelism=cast(int, numbers["lanes"]),
        hash_len=32,
        type=Type.ID,
    )


def new_recipe() -> dict[str, Json]:
    """A fresh salt and nonce with the strength used today."""
    return {
        "kdf": "argon2id",
        "memory_kib": MEMORY_KIB,
        "rounds": ROUNDS,
        "lanes": LANES,
        "salt": b64encode(secrets.token_bytes(16)).decode(),
        "cipher": "aes-256-gcm",
        "nonce": b64encode(secrets.token_bytes(12)).decode(),
    }


def seal(data: bytes, secret: str, recipe: Mapping[str, Json], about: bytes) -> bytes:
    """Encrypt ``data``; ``about`` is bound to it and must be the same when it is opened."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_derive(secret, recipe)).encrypt(b64decode(str(recipe["nonce"])), data, about)


def unseal(sealed: bytes, secret: str, recipe: Mapping[str, Json], about: bytes) -> bytes:
    """Decrypt what ``seal`` made; raises CannotOpenError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_derive(secret, recipe)).decrypt(b64decode(str(recipe["nonce"])), sealed, about)
    except (InvalidTag, ValueError, KeyError) as error:
        raise CannotOpenError(str(error)) from error


def wrap(key: bytes, secret: str, about: bytes) -> dict[str, Json]:
    """Seal a key for the header."""
    recipe = new_recipe()
    return {**recipe, "sealed": b64encode(seal(key, secret, recipe, about)).decode()}


def unwrap(wrapped: Mapping[str, Json], secret: str, about: bytes) -> bytes:
    """Open what ``wrap`` made; raises CannotOpenError."""
    try:
        sealed = b64decode(str(wrapped["sealed"]))
    except (KeyError, ValueError) as error:
        raise CannotOpenError(str(error)) from error
    return unseal(sealed, secret, wrapped, about)


def is_weaker(wrapped: Mapping[str, Json]) -> bool:
    """Whether a wrap was made with less work than is used today."""
    return cast(int, wrapped["memory_kib"]) < MEMORY_KIB or cast(int, wrapped["rounds"]) < ROUNDS
