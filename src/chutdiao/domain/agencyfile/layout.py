"""What a file of an agency looks like: its columns as people fill them, its fields as they are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chutdiao.domain.text import LocalText

_NOTHING = LocalText("", "")


class Shape(StrEnum):
    """``delimited`` separates fields, ``fixed`` counts positions, ``sheet`` is a spreadsheet."""

    DELIMITED = "delimited"
    FIXED = "fixed"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice column and the other words that mean it."""

    code: str
    title: LocalText
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One thing the user gives for a row or for the payer.

    ``kind``: text, identity, digits, branch, date, amount, rate, choice, flag. ``default`` stands in for
    a blank; ``=other`` takes another column's value. ``unless`` names a flag column that lifts the check
    digit. ``additional``: only on an additional filing. ``parameter`` names the dated ratio whose per cent
    stands in for a blank.
    """

    id: str
    kind: str
    title: LocalText
    about: LocalText = _NOTHING
    required: bool = False
    default: str = ""
    of: str = ""
    digits: int = 0
    choices: tuple[Choice, ...] = ()
    example: str = ""
    negative: bool = False
    in_period: bool = False
    additional: bool = False
    unless: str = ""
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    ``kind``: text, digits, whole, amount, rate, satang (two decimals implied), date, code, fixed.
    ``take`` is a row's column, ``payer.x``, ``period.month|year|day``, ``total.x`` or ``seq``; ``plus`` and
    ``minus`` add such values up instead. ``turn`` is which of a record's payments it belongs to, from 0.
    ``only`` (``payer.x=y``) writes ``empty`` elsewhere. Widths count code points; 0 is unbounded.
    ``zeros`` fills a number to its width; ``blank_zero`` writes ``empty`` for 0.
    ``positive`` refuses a sum below 0.
    """

    id: str
    kind: str
    title: LocalText = _NOTHING
    width: int = 0
    take: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    fixed: str = ""
    empty: str = ""
    zeros: bool = False
    blank_zero: bool = False
    positive: bool = False
    pattern: str = "DDMMYYYY"
    codes: Mapping[str, str] = field(default_factory=dict)
    allow: str = ""
    slash: bool = False
    turn: int = -1
    only: str = ""


@dataclass(frozen=True, slots=True)
class Payees:
    """Columns that make one payment, of which one record holds at most ``most``."""

    columns: tuple[str, ...] = ()
    most: int = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the sources leave open about a layout; ``column`` and ``values`` say when it matters."""

    id: str
    say: LocalText
    source: str = ""
    column: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to write one form's file; named where the sources differ."""

    id: str
    form: str
    name: str
    title: LocalText
    version: str
    source: str
    checked_on: str
    confidence: str
    shape: Shape
    file: str
    payer: tuple[Column, ...]
    columns: tuple[Column, ...]
    detail: tuple[Field, ...]
    header: tuple[Field, ...] = ()
    default: bool = False
    encoding: str = "utf-8"
    bom: bool = False
    last_break: bool = True
    separator: str = "|"
    headings: bool = False
    forbidden: str = ""
    length: int = 0
    counts: tuple[int, int] = (0, 0)
    yearly: bool = False
    payees: Payees = Payees()
    amount: str = ""
    tax: str = ""
    taxed: tuple[str, str, str] | None = None
    insured: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sheet: str = ""
    report: bool = False

    def column(self, name: str) -> Column | None:
        """The row column of that id."""
        return next((column for column in self.columns if column.id == name), None)
