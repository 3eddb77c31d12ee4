"""What a person typed in a cell, as a value: an amount, a date, a number, a choice; or what is wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from chutdiao.domain.agencyfile.layout import Column
from chutdiao.domain.dates import parse_date
from chutdiao.domain.ids import read_branch, read_identity
from chutdiao.domain.money import parse_number, round_to
from chutdiao.domain.problem import Problem
from chutdiao.domain.text import arabic_digits, clean, search_key

Value = str | Decimal | date
ZERO = Decimal("0.00")
_PLAIN = re.compile(r"\d{1,13}(\.\d{1,2})?")
_YES = frozenset({"yes", "y", "true", "1", "ใช่"})
_NO = frozenset({"no", "n", "false", "0", "ไม่", "ไม่ใช่", ""})
_BIGGEST = Decimal(10) ** 15
_MOST_RATE = 100
# A number the Department of Business Development gives: 0, registrar's province, kind of juristic person.
_COMPANY = re.compile(r"0[1-9]\d[2357]\d{9}")


class CellError(Exception):
    """A cell that cannot be used: the code of the rule, the values of its sentence, perhaps a mend."""

    def __init__(self, code: str, mend: str = "", **values: str) -> None:
        super().__init__(code)
        self.code, self.mend, self.values = code, mend, values


def reader(column: Column, today: date, rounded: Callable[[], None] = lambda: None) -> Callable[[str], Value]:
    """How to read this column's cells; the reader raises ``CellError``.

    ``rounded`` is called for each amount with more than two decimals, which becomes satang half up.
    """
    kinds: Mapping[str, Callable[[str], Value]] = {
        "text": clean,
        "identity": lambda text: _identity(text, column),
        "digits": lambda text: _digits(text, column.digits),
        "branch": _branch,
        "date": lambda text: _date(text, today),
        "amount": lambda text: _amount(text, column.negative, rounded),
        "rate": _rate,
        "choice": _choice_reader(column),
        "flag": _flag,
    }
    return kinds[column.kind]


def blank(column: Column) -> Value:
    """The value of a cell left empty that may be empty."""
    return ZERO if column.kind in ("amount", "rate") else "0" if column.kind == "flag" else ""


def _identity(text: str, column: Column) -> str:
    found = read_identity(text)
    bare = re.sub(r"\D", "", arabic_digits(text))
    if isinstance(found, Problem) or len(found) != 13 or not found.isdigit():
        shorter = len(bare) == 12 and isinstance(read_identity("0" + bare), str)
        mend = "0" + bare if shorter else ""
        codes = {"id.letters": "letters", "id.check-digit": "check"}
        why = codes.get(found.code, "length") if isinstance(found, Problem) else "letters"
        if re.fullmatch(r"\s*\d(\.\d+)?[eE]\+?\d+\s*", text):
            raise CellError("cell.id-scientific")
        if why == "length":
            raise CellError(
                "cell.id-zero" if mend else "cell.id-length", mend, count=str(len(bare)), right=mend
            )
        raise CellError(f"cell.id-{why}")
    if column.of == "juristic" and found[0] != "0":
        raise CellError("cell.id-not-juristic")
    if column.of == "person" and _COMPANY.fullmatch(found):
        raise CellError("cell.id-not-person")
    return found


def loose_identity(text: str) -> str:
    """Thirteen digits whose check digit the agency's own numbering does not promise."""
    bare = re.sub(r"[\s-]", "", arabic_digits(text))
    if not re.fullmatch(r"[0-9]{13}", bare):
        raise CellError("cell.id-length", count=str(len(bare)), right="")
    return bare


def _digits(text: str, count: int) -> str:
    bare = re.sub(r"[\s-]", "", arabic_digits(text))
    if not re.fullmatch(r"[0-9]+", bare) or (count and len(bare) != count):
        raise CellError("cell.digits", count=str(count or 1))
    return bare


@lru_cache(256)
def _branch(text: str) -> str:
    plain = arabic_digits(clean(text))
    if re.fullmatch(r"[0-9]{6}", plain):
        return str(int(plain))
    found = read_branch(text)
    if isinstance(found, Problem):
        raise CellError("cell.branch")
    return str(int(found))


@lru_cache(1024)
def _date(text: str, today: date) -> date:
    found = parse_date(text, today)
    if isinstance(found, Problem):
        raise CellError("cell.date", str(found.mend or ""))
    return found


def _amount(text: str, negative: bool, rounded: Callable[[], None]) -> Decimal:
    if _PLAIN.fullmatch(text):
        found = Decimal(text)
    else:
        # A spreadsheet's own results have many decimals; the agency's rule is half up to satang.
        read = parse_number(clean(text).removesuffix("บาท").removeprefix("฿"))
        if isinstance(read, Problem):
            raise CellError("cell.amount")
        found = read
    if found < 0 and not negative:
        raise CellError("cell.negative")
    if abs(found) >= _BIGGEST:
        raise CellError("cell.too-big")
    satang = round_to(found, "satang")
    if satang != found:
        rounded()
    return satang + ZERO


@lru_cache(256)
def _rate(text: str) -> Decimal:
    found = parse_number(clean(text).rstrip("% "))
    if isinstance(found, Problem) or not 0 <= found < _MOST_RATE:
        raise CellError("cell.rate")
    if found != round_to(found, "satang"):
        raise CellError("cell.rate")
    return round_to(found, "satang")


def _choice_reader(column: Column) -> Callable[[str], Value]:
    words = {
        search_key(word): choice.code
        for choice in column.choices
        for word in (choice.code, choice.title.th, choice.title.en, *choice.also)
    }

    @lru_cache(256)
    def read(text: str) -> str:
        found = words.get(search_key(text))
        if found is None:
            known = ", ".join(choice.code for choice in column.choices)
            said = ", ".join(choice.title.th for choice in column.choices)
            raise CellError("cell.choice", known=said, known_en=known)
        return found

    return read


def _flag(text: str) -> str:
    word = clean(text).casefold()
    if word not in _YES | _NO:
        raise CellError("cell.flag")
    return "1" if word in _YES else "0"
