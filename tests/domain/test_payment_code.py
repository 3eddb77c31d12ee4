"""Payment codes: what is built reads back the same, and damage never goes unnoticed."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from chutdiao.domain.payment_code import build_payload, read_code
from chutdiao.domain.problem import ChutdiaoError

QUICK = settings(max_examples=100, deadline=None, derandomize=True)
_REFERENCES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=20)
_AMOUNTS = st.none() | st.integers(1, 10**12 - 1).map(lambda satang: Decimal(satang) / 100)


@QUICK
@given(st.from_regex(r"0[689][0-9]{8}", fullmatch=True), _AMOUNTS)
def test_a_mobile_code_reads_back(mobile: str, amount: Decimal | None) -> None:
    found = read_code(build_payload("mobile", mobile, amount, ()))
    assert (found.kind, found.target, found.amount, found.crc_ok) == ("mobile", mobile, amount, True)


@QUICK
@given(
    st.from_regex(r"[0-9]{15}", fullmatch=True), _AMOUNTS, _REFERENCES, _REFERENCES | st.just(""), _REFERENCES
)
def test_a_bill_reads_back(biller: str, amount: Decimal | None, first: str, second: str, third: str) -> None:
    found = read_code(build_payload("biller", biller, amount, (first, second, third)))
    assert (found.kind, found.target, found.amount) == ("biller", biller, amount)
    assert found.references == (first, second, third)


@QUICK
@given(st.integers(0, 79), st.sampled_from("0123456789ABCDEF"))
def test_one_changed_character_is_noticed(at: int, letter: str) -> None:
    payload = build_payload("mobile", "0812345678", Decimal(100), ())
    damaged = payload[:at] + letter + payload[at + 1 :]
    try:
        found = read_code(damaged)
    except ChutdiaoError:
        return
    assert found.crc_ok == (damaged == payload)


@QUICK
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_code(text)
    except ChutdiaoError as error:
        assert error.problems[0].code in {"qr.payload", "qr.barcode"}
