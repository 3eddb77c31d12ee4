"""One exact spelling of JSON (RFC 8785), so that both sides hash the same bytes."""

import hashlib
import json
from collections.abc import Sequence
from typing import cast

from chutdiao.domain.problem import ChutdiaoError, Json, Problem

MAX_BYTES = 8_000_000
MAX_DEPTH = 40


def canonical(value: Json) -> bytes:
    """Return the canonical bytes of a JSON value; money and decimals are strings, never floats."""
    import rfc8785

    refuse_floats(value)
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise ChutdiaoError(Problem("wire.not-json", values={"cause": str(error)})) from error


def digest(value: Json) -> str:
    """The SHA-256 of the canonical bytes, in hexadecimal."""
    return digest_of(canonical(value))


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_json(data: bytes) -> Json:
    """Read JSON from the wire: bounded, no floats, no name twice.

    Raises ChutdiaoError with ``wire.too-large`` or ``wire.not-json``.
    """
    if len(data) > MAX_BYTES:
        raise ChutdiaoError(Problem("wire.too-large", values={"limit": str(MAX_BYTES)}))
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (ValueError, RecursionError) as error:
        raise ChutdiaoError(Problem("wire.not-json", values={"cause": str(error)[:200]})) from error
    _bound_depth(value)
    return cast(Json, value)


def refuse_floats(value: object) -> None:
    """Raise ChutdiaoError where a float hides anywhere inside."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, float):
            raise ChutdiaoError(Problem("wire.not-json", values={"cause": f"a float: {item}"}))
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name appears twice in one object")
    return found


def _no_float(text: str) -> object:
    raise ValueError(f"a number that is not whole: {text[:40]}")


def _bound_depth(value: object) -> None:
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ChutdiaoError(Problem("wire.not-json", values={"cause": "nested too deeply"}))
        if isinstance(item, dict):
            waiting.extend((inner, depth + 1) for inner in item.values())
        elif isinstance(item, list):
            waiting.extend((inner, depth + 1) for inner in item)
