"""A receipt counts only when a pinned key signed it for exactly this submission."""

import json
from dataclasses import replace

import pytest

from chutdiao.contracts.receipts import (
    RECEIPT,
    ReceiptFacts,
    sign_document,
    sign_receipt,
    verify_document,
    verify_receipt,
)
from chutdiao.contracts.signatures import new_key, read_key, sign, thumbprint
from chutdiao.domain.problem import Problem

KEY = new_key()
PINNED = frozenset({thumbprint(KEY)})
FACTS = ReceiptFacts("s-1", "d" * 64, "c-1", "1/2569", "2026-11-23T10:00:00+07:00", "rd", False)
SIGNED = sign_receipt(FACTS, KEY)


def code(jws: str, pinned: frozenset[str] = PINNED, practice: bool = False) -> str:
    found = verify_receipt(jws, FACTS.digest, FACTS.submission, pinned, practice)
    return found.code if isinstance(found, Problem) else "verified"


def test_whole_receipt_verifies() -> None:
    assert verify_receipt(SIGNED, FACTS.digest, FACTS.submission, PINNED) == FACTS


def test_key_survives_pem() -> None:
    assert thumbprint(read_key(KEY.as_pem(private=True))) == thumbprint(KEY)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(FACTS, digest="e" * 64), "receipt.other-digest"),
        (replace(FACTS, submission="s-2"), "receipt.replayed"),
        (replace(FACTS, practice=True), "receipt.practice"),
    ],
)
def test_genuine_receipts_of_something_else(facts: ReceiptFacts, expected: str) -> None:
    assert code(sign_receipt(facts, KEY)) == expected


def test_unknown_key_though_its_signature_fits() -> None:
    assert code(sign_receipt(FACTS, new_key())) == "receipt.unknown-key"
    assert code(SIGNED, frozenset()) == "receipt.unknown-key"


def test_real_receipt_is_no_practice_receipt() -> None:
    assert code(SIGNED, practice=True) == "receipt.practice"


@pytest.mark.parametrize("place", range(0, len(SIGNED) - 1, 23))
def test_any_changed_character_is_noticed(place: int) -> None:
    changed = SIGNED[:place] + ("A" if SIGNED[place] != "A" else "B") + SIGNED[place + 1 :]
    assert code(changed) != "verified"


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "ก.ข.ค", SIGNED + ".x", SIGNED.rpartition(".")[0] + "."]
)
def test_rubbish_is_a_problem(text: str) -> None:
    assert code(text).startswith("receipt.")


@pytest.mark.parametrize("content", [[], {}, {"schema": "chutdiao/receipt/1"}, {"schema": "other"}])
def test_signed_rubbish_is_unreadable(content: object) -> None:
    assert code(sign(json.dumps(content).encode(), KEY, RECEIPT)) == "receipt.unreadable"


def test_signature_of_one_kind_never_serves_as_another() -> None:
    document = b"%PDF-1.4"
    beside = sign_document(document, KEY)
    assert verify_document(beside, document, PINNED) is None
    as_receipt = verify_document(SIGNED, document, PINNED)
    assert as_receipt is not None
    assert code(beside) != "verified"
