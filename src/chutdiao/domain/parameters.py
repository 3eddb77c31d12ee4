"""Rates, caps, fees and limits as dated values with their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value in force from ``start`` up to and including ``end`` (none: until changed)."""

    value: Decimal
    start: date
    end: date | None
    source: str
    checked_on: date
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Found:
    """A value at a day; ``beyond`` says that the day lies outside what is known."""

    value: Decimal
    source: str
    confidence: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named dated values and the holidays known, by year."""

    values: Mapping[str, Sequence[DatedValue]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    holiday_years: frozenset[int] = frozenset()

    def __contains__(self, name: object) -> bool:
        return name in self.values

    def at(self, name: str, on: date) -> Found:
        """The value of ``name`` on a day; the nearest known one, marked, outside what is known.

        Raises KeyError where the name is not known.
        """
        rows = sorted(self.values[name], key=lambda row: row.start)
        held = rows[0]
        for row in rows:
            if row.start <= on:
                held = row
        beyond = on < held.start or (held.end is not None and on > held.end)
        return Found(held.value, held.source, held.confidence, beyond)
