"""Money in digits and words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chutdiao.domain.money import (
    baht_text,
    format_money,
    format_number,
    parse_money,
    plain_money,
    plain_number,
    round_to,
)
from chutdiao.domain.problem import Problem

amounts = st.decimals(-(10**15), 10**15, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("121.25", "หนึ่งร้อยยี่สิบเอ็ดบาทยี่สิบห้าสตางค์"),
        ("0.50", "ห้าสิบสตางค์"),
        ("0.01", "หนึ่งสตางค์"),
        ("1000000", "หนึ่งล้านบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("1800000", "หนึ่งล้านแปดแสนบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("-20", "ลบยี่สิบบาทถ้วน"),
        ("1.005", "หนึ่งบาทหนึ่งสตางค์"),
    ],
)
def test_in_words(amount: str, words: str) -> None:
    assert baht_text(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        ("satang", "1.005", "1.01"),
        ("half_up", "2.5", "3"),
        ("half_down", "2.5", "2"),
        ("half_down", "2.51", "3"),
        ("baht", "2.99", "2"),
        ("down", "-1.5", "-2"),
        ("up", "1.01", "2"),
        ("baht", "-2.99", "-2"),
    ],
)
def test_rounding(rule: str, value: str, expected: str) -> None:
    assert round_to(Decimal(value), rule) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,250.50", "1250.50"),
        ("๑,๐๐๐", "1000"),
        ("฿ 500", "500"),
        ("1 200 บาท", "1200"),
        (".5", "0.5"),
        ("500.-", "500"),
        ("-3", "-3"),
        ("2000 THB", "2000"),
    ],
)
def test_typed_amounts(text: str, expected: str) -> None:
    assert parse_money(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ห้าร้อย", "money.unreadable"),
        ("1,2,3", "money.unreadable"),
        ("1.005", "money.satang"),
        ("9" * 40, "number.too-long"),
        ("", "money.unreadable"),
        ("1e5", "money.unreadable"),
        ("..", "money.unreadable"),
        ("-", "money.unreadable"),
        ("nan", "money.unreadable"),
    ],
)
def test_what_is_no_amount(text: str, code: str) -> None:
    found = parse_money(text)
    assert isinstance(found, Problem)
    assert found.code == code


@given(amounts)
def test_what_is_shown_reads_back(amount: Decimal) -> None:
    assert parse_money(format_money(amount)) == amount
    assert Decimal(plain_money(amount)) == amount
    assert Decimal(plain_number(amount)) == amount
    assert baht_text(amount).startswith("ลบ") is (amount < 0)


def test_canonical_text() -> None:
    assert plain_number(Decimal("1E+3")) == "1000"
    assert plain_number(Decimal("1.500")) == "1.5"
    assert plain_money(Decimal("1.5")) == "1.50"
    assert plain_money(Decimal("1.00")) == "1"
    assert format_number(Decimal("1234.5")) == "1,234.5"
    assert format_number(Decimal("2.005"), 2) == "2.01"
