"""Rates that rise with the amount, band by band."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from chutdiao.domain.money import round_to


def by_bands(amount: Decimal, rows: Iterable[Mapping[str, str]]) -> list[tuple[Decimal, Decimal, Decimal]]:
    """The parts of an amount that fall into bands, as (part, rate, tax to the satang).

    Rows hold ``up_to`` (empty: no end) and ``rate``, lowest band first.
    """
    parts: list[tuple[Decimal, Decimal, Decimal]] = []
    low = Decimal(0)
    for row in rows:
        high = Decimal(row["up_to"]) if row["up_to"] else amount
        part = min(amount, high) - low
        if part <= 0:
            break
        rate = Decimal(row["rate"])
        parts.append((part, rate, round_to(part * rate, "satang")))
        low = high
    return parts
