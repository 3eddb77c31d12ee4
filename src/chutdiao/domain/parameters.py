"""Rates, caps, fees, limits and tables of them as dated values with their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")
Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True)  # no slots: with them Python 3.11 cannot make one through an alias
class Dated(Generic[T]):
    """One value in force from ``start`` up to and including ``end`` (none: until changed)."""

    value: T
    start: date
    end: date | None
    source: str
    checked_on: date
    confidence: str = "high"


DatedValue = Dated[Decimal]
DatedTable = Dated[Rows]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value at a day; ``beyond`` says that the day lies outside what is known."""

    value: T
    source: str
    confidence: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named dated values and tables, and the holidays known, by year."""

    values: Mapping[str, Sequence[DatedValue]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    holiday_years: frozenset[int] = frozenset()
    tables: Mapping[str, Sequence[DatedTable]] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.values

    def at(self, name: str, on: date) -> Found[Decimal]:
        """The value of ``name`` on a day; the nearest known one, marked, outside what is known.

        Raises KeyError where the name is not known.
        """
        return _in_force(self.values[name], on)

    def table(self, name: str, on: date) -> Found[Rows]:
        """The rows of a table on a day, each a mapping of column to text; marked as ``at`` does.

        Raises KeyError where the name is not known.
        """
        return _in_force(self.tables[name], on)


def _in_force(dated: Sequence[Dated[T]], on: date) -> Found[T]:
    rows = sorted(dated, key=lambda row: row.start)
    held = rows[0]
    for row in rows:
        if row.start <= on:
            held = row
    beyond = on < held.start or (held.end is not None and on > held.end)
    return Found(held.value, held.source, held.confidence, beyond)
