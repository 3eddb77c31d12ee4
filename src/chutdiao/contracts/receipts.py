"""A receipt: the agency's signed word that it holds exactly this submission."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from chutdiao.contracts.canonical import canonical, read_json
from chutdiao.contracts.signatures import sign, verify
from chutdiao.domain.problem import ChutdiaoError, Json, Problem

if TYPE_CHECKING:
    from joserfc.jwk import OKPKey

SCHEMA = "chutdiao/receipt/1"
RECEIPT = "chutdiao-receipt+jws"
LICENCE = "chutdiao-licence+jws"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a verified receipt says; ``number`` is the agency's own."""

    submission: str
    digest: str
    case: str
    number: str
    received_at: str
    agency: str
    practice: bool


def sign_receipt(facts: ReceiptFacts, key: "OKPKey") -> str:
    """Sign a receipt as a compact JWS."""
    content: dict[str, Json] = {"schema": SCHEMA, **asdict(facts)}
    return sign(canonical(content), key, RECEIPT)


def verify_receipt(
    jws: str, digest: str, submission: str, pinned: Collection[str], practice: bool = False
) -> ReceiptFacts | Problem:
    """Read a receipt that a pinned key signed for exactly this digest and submission.

    ``practice`` says which profile asks: a practice receipt never verifies in a real one.
    """
    payload = verify(jws, RECEIPT, pinned)
    if isinstance(payload, Problem):
        return payload
    try:
        content = read_json(payload)
    except ChutdiaoError as error:
        return Problem("receipt.unreadable", values={"cause": str(error)})
    facts = _facts(content)
    if facts is None:
        return Problem("receipt.unreadable", values={"cause": "missing parts"})
    if facts.practice != practice:
        return Problem("receipt.practice")
    if facts.submission != submission:
        return Problem("receipt.replayed", values={"submission": facts.submission})
    if facts.digest != digest:
        return Problem("receipt.other-digest", values={"digest": facts.digest[:16]})
    return facts


def sign_document(document: bytes, key: "OKPKey") -> str:
    """Sign a document with a detached JWS, kept beside it."""
    return sign(document, key, LICENCE, detached=True)


def verify_document(jws: str, document: bytes, pinned: Collection[str]) -> Problem | None:
    """Say what is wrong with the detached signature of a document, if anything."""
    checked = verify(jws, LICENCE, pinned, payload=document)
    return checked if isinstance(checked, Problem) else None


def _facts(content: Json) -> ReceiptFacts | None:
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        return None
    texts = _texts(content, "submission", "digest", "case", "number", "received_at", "agency")
    practice = content.get("practice")
    if texts is None or not isinstance(practice, bool):
        return None
    return ReceiptFacts(**texts, practice=practice)


def _texts(content: Mapping[str, Json], *names: str) -> dict[str, str] | None:
    found = {name: value for name in names if isinstance(value := content.get(name), str)}
    return found if len(found) == len(names) else None
