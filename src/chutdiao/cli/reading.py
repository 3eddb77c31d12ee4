"""Options of the command line as values: amounts, years, months, days and codes, or a problem.

A year from 2400 on is Buddhist Era, a smaller one Common Era.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from chutdiao.domain.dates import BUDDHIST, parse_date
from chutdiao.domain.money import parse_money, parse_number
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.text import arabic_digits, clean

_FIRST_BE = 2400
_EARLIEST, _LATEST = 1900, 2200


def needed(value: str | None, option: str) -> str:
    """The text of an option that must be there."""
    if value is None or not value.strip():
        raise ChutdiaoError(Problem("tax.missing", option, {"option": option}))
    return value


def amount(text: str | None, option: str, *, negative: bool = False) -> Decimal:
    """An amount of baht with at most two decimals; below zero only where ``negative``."""
    text = needed(text, option)
    found = parse_money(text)
    if isinstance(found, Problem):
        raise ChutdiaoError(Problem("tax.amount", option, {"value": text}))
    if found < 0 and not negative:
        raise ChutdiaoError(Problem("tax.negative", option, {"value": text}))
    return found


def number(text: str | None, option: str) -> Decimal:
    """Any number, such as a rate in per cent."""
    text = needed(text, option)
    found = parse_number(text)
    if isinstance(found, Problem):
        raise ChutdiaoError(Problem("tax.amount", option, {"value": text}))
    return found


def whole(text: str | None, option: str, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``."""
    text = needed(text, option)
    plain = arabic_digits(clean(text))
    if plain.lstrip("-").isdigit() and plain.isascii() and low <= int(plain) <= high:
        return int(plain)
    values = {"value": text, "low": str(low), "high": str(high)}
    raise ChutdiaoError(Problem("tax.whole", option, values))


def year(text: str | None, option: str) -> int:
    """A year as Common Era."""
    text = needed(text, option)
    plain = arabic_digits(clean(text))
    if plain.isascii() and plain.isdigit() and len(plain) == 4:
        found = int(plain) - BUDDHIST if int(plain) >= _FIRST_BE else int(plain)
        if _EARLIEST <= found <= _LATEST:
            return found
    raise ChutdiaoError(Problem("tax.year", option, {"value": text}))


def month(text: str | None, option: str) -> date:
    """The first day of a month written ``2569-06`` or ``2026-06``."""
    text = needed(text, option)
    left, _, right = arabic_digits(clean(text)).partition("-")
    if right.isascii() and right.isdigit() and len(right) <= 2 and 1 <= int(right) <= 12:
        try:
            return date(year(left, option), int(right), 1)
        except ChutdiaoError:
            pass
    raise ChutdiaoError(Problem("tax.month", option, {"value": text}))


def day(text: str | None, option: str, today: date) -> date:
    """A day written as people write it."""
    text = needed(text, option)
    found = parse_date(text, today)
    if isinstance(found, Problem):
        mend = found.mend
        raise ChutdiaoError(Problem("tax.day", option, {"value": text}, mend=mend))
    return found


def code(text: str | None, option: str, known: Collection[str]) -> str:
    """One of the known codes, as it is written in ``known``."""
    text = needed(text, option)
    found = text.strip().casefold()
    if found in known:
        return found
    values = {"value": text, "known": ", ".join(sorted(known))}
    raise ChutdiaoError(Problem("tax.code", option, values))
