"""Ed25519 keys and JWS (RFC 7515, RFC 8037): a key is known by its thumbprint (RFC 7638)."""

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from chutdiao.domain.problem import Problem

if TYPE_CHECKING:
    from joserfc.jwk import OKPKey

_ALGORITHM = "Ed25519"


def new_key() -> "OKPKey":
    """Make an Ed25519 key."""
    from joserfc.jwk import OKPKey

    return OKPKey.generate_key("Ed25519", private=True)


def read_key(pem: bytes) -> "OKPKey":
    """Read a private key from PEM."""
    from joserfc.jwk import OKPKey

    return OKPKey.import_key(pem)


def thumbprint(key: "OKPKey") -> str:
    """The RFC 7638 thumbprint by which a key is pinned."""
    return key.thumbprint()


def sign(payload: bytes, key: "OKPKey", kind: str, detached: bool = False) -> str:
    """Sign bytes as a compact JWS; a detached one leaves the payload out."""
    from joserfc import jws

    public = key.as_dict(private=False)
    header = {
        "alg": _ALGORITHM,
        "typ": kind,
        "kid": thumbprint(key),
        "jwk": {name: public[name] for name in ("kty", "crv", "x")},
    }
    signed = jws.serialize_compact(header, payload, key, algorithms=[_ALGORITHM])
    return jws.detach_content(signed) if detached else signed


def verify(signed: str, kind: str, pinned: Collection[str], payload: bytes | None = None) -> bytes | Problem:
    """Return the payload of a JWS made by a pinned key, else what is wrong with it.

    The public key travels in the header; it counts only when its thumbprint is pinned here,
    so a key is never learned from a server.
    """
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    try:
        # The header is read before anything is trusted, only to learn which pinned key to try.
        header = jws.extract_compact(signed.encode("ascii")).headers()
        if header.get("typ") != kind or header.get("alg") != _ALGORITHM:
            return Problem("receipt.unreadable", values={"cause": "wrong kind of signature"})
        key = OKPKey.import_key(cast(dict[str, str | list[str]], header.get("jwk")))
        if key.is_private:
            return Problem("receipt.unreadable", values={"cause": "a private key in the header"})
        name = thumbprint(key)
        if name not in pinned:
            return Problem("receipt.unknown-key", values={"key": name})
        checked = jws.deserialize_compact(
            signed.encode("ascii"), key, algorithms=[_ALGORITHM], payload=payload
        )
        if payload is not None and checked.payload != payload:
            return Problem("receipt.bad-signature", values={"cause": "signs something else"})
        return checked.payload
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        return Problem("receipt.bad-signature", values={"cause": str(error)[:200] or type(error).__name__})
