"""Allowances and exempt income of a person: what was claimed, and how much of it the law grants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.parameters import Rows
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)
_LASTING, _OF_YEAR, _GROUPS = "pit.allowances", "pit.allowances_of_year", "pit.allowance_groups"


@dataclass(frozen=True, slots=True)
class Claim:
    """One allowance claimed: a number of heads, or what was paid."""

    code: str
    paid: Decimal = ZERO
    heads: int = 0


@dataclass(frozen=True, slots=True)
class Bases:
    """Gross income and salary, of which some allowances are a part at most."""

    income: Decimal
    salary: Decimal


@dataclass(frozen=True, slots=True)
class Granted:
    """``allowance`` comes off after expenses; ``exempt`` comes off the income before them."""

    code: str
    allowance: Decimal
    exempt: Decimal
    any_income: bool = False


@dataclass(slots=True)
class _Limits:
    """What is left of the limits that allowances share."""

    left: dict[str, Decimal] = field(default_factory=dict)

    def take(self, group: str, wanted: Decimal) -> Decimal:
        found = min(wanted, self.left.get(group, wanted))
        if group in self.left:
            self.left[group] -= found
        return found


def granted(
    claims: Iterable[Claim], bases: Bases, on: date, working: Working, *, half: bool = False
) -> list[Granted]:
    """What the law grants of each claim; the rows of the tables say in which order they share limits.

    ``half``: for ภ.ง.ด.94. Raises ChutdiaoError with every claim that is unknown or cannot be.
    """
    asked = _joined(claims)
    rows, problems = _rows_of(asked, on, working)
    problems += [
        Problem("tax.allowance-not-half", "--allow", {"value": code})
        for code, row in rows.items()
        if half and not row.get("line94")
    ]
    limits = _Limits()
    if any(row.get("group") or row.get("fills") for row in rows.values()):
        shared = working.table(_GROUPS, on)
        limits.left = {row["group"]: Decimal(row["limit"]) / (2 if half else 1) for row in shared}
    found: list[Granted] = []
    for code, row in rows.items():
        try:
            found.append(_grant(asked[code], _halved(row, working) if half else row, bases, limits))
        except ChutdiaoError as error:
            problems += error.problems
    if problems:
        raise ChutdiaoError(*problems)
    for one in found:
        _note(one, rows[one.code], asked[one.code], on, working, half)
    return found


def _joined(claims: Iterable[Claim]) -> dict[str, Claim]:
    asked: dict[str, Claim] = {}
    for claim in claims:
        before = asked.get(claim.code, Claim(claim.code))
        asked[claim.code] = Claim(claim.code, before.paid + claim.paid, before.heads + claim.heads)
    return asked


def _rows_of(
    asked: Mapping[str, Claim], on: date, working: Working
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """The row of each claim, in the order of the tables, and a problem for each that has none."""
    # A later year may go by the last known allowances, with a warning; an earlier one had others.
    earlier = on < min(dated.start for dated in working.parameters.tables[_LASTING])
    lasting = working.table(_LASTING, on, strict=earlier)
    rows = {row["code"]: {**row, "table": _LASTING} for row in lasting if row["code"] in asked}
    missing = [code for code in asked if code not in rows]
    if not missing:
        return rows, []
    table = working.parameters.tables[_OF_YEAR]
    if not any(row["code"] in missing for dated in table for row in dated.value):
        return rows, [_unknown(code, lasting) for code in missing]
    # A measure of one year never stands in for another year's.
    of_year = working.table(_OF_YEAR, on, strict=True)
    rows |= {row["code"]: {**row, "table": _OF_YEAR} for row in of_year if row["code"] in missing}
    return rows, [_unknown(code, lasting + of_year) for code in missing if code not in rows]


def _unknown(code: str, rows: Rows) -> Problem:
    known = ", ".join(sorted(row["code"] for row in rows))
    return Problem("tax.allowance-unknown", "--allow", {"value": code, "known": known})


def _halved(row: Mapping[str, str], working: Working) -> Mapping[str, str]:
    """A row as ภ.ง.ด.94 has it: the amount the form prints, or half, which is not confirmed."""
    if row.get("half"):
        return {**row, "amount": row["half"]}
    if any(row.get(key) for key in ("amount", "limit")):
        working.warn("tax.allowance-half", value=row["code"])
    return {
        key: plain_number(Decimal(cell) / 2) if key in ("amount", "limit") else cell
        for key, cell in row.items()
    }


def _grant(claim: Claim, row: Mapping[str, str], bases: Bases, limits: _Limits) -> Granted:
    any_income = row.get("of") == "any"
    if row.get("amount") and not row.get("each"):
        heads = _heads(claim, row)
        whole = limits.take(row.get("group", ""), Decimal(row["amount"]) * heads)
        return _split(claim.code, whole, row, any_income)
    if claim.heads:
        raise ChutdiaoError(Problem("tax.allowance-amount", "--allow", {"value": claim.code}))
    paid = claim.paid
    if row.get("each"):
        paid = paid // Decimal(row["each"]) * Decimal(row["amount"])
    first = min(paid, limits.left.get(row["fills"], ZERO)) if row.get("fills") else ZERO
    limits.take(row.get("fills", ""), first)
    rest = min(paid - first, *_own_limits(row, bases), paid)
    whole = (first + limits.take(row.get("group", ""), rest)) * Decimal(row.get("times") or 1)
    return _split(claim.code, round_to(whole, "satang"), row, any_income)


def _own_limits(row: Mapping[str, str], bases: Bases) -> list[Decimal]:
    found = [Decimal(row["limit"])] if row.get("limit") else []
    if row.get("share"):
        base = bases.salary if row["of"] == "salary" else bases.income
        found.append(round_to(base * Decimal(row["share"]), "satang"))
    return found


def _heads(claim: Claim, row: Mapping[str, str]) -> int:
    """How many heads: counted, or read from an amount that is a multiple of one head's."""
    each, most = Decimal(row["amount"]), int(row["most"])
    heads = claim.heads
    if claim.paid:
        if claim.paid % each == 0:
            heads += int(claim.paid / each)
        elif claim.paid <= most and claim.paid == int(claim.paid):
            heads += int(claim.paid)
        else:
            values = {"value": claim.code, "paid": f"{claim.paid:,f}", "each": f"{each:,f}"}
            raise ChutdiaoError(Problem("tax.allowance-heads", "--allow", values))
    heads = heads or 1
    if heads > most:
        values = {"value": claim.code, "heads": str(heads), "most": str(most)}
        raise ChutdiaoError(Problem("tax.allowance-most", "--allow", values))
    return heads


def _split(code: str, whole: Decimal, row: Mapping[str, str], any_income: bool) -> Granted:
    if not row.get("exempt"):
        return Granted(code, whole, ZERO)
    kept = min(whole, Decimal(row["exempt"]))
    return Granted(code, kept, whole - kept, any_income)


def _note(one: Granted, row: Mapping[str, str], claim: Claim, on: date, working: Working, half: bool) -> None:
    line = row.get("line94" if half else "line", "")
    th, en = (f" (รายการ {line})", f" (item {line})") if line else ("", "")
    total = one.allowance + one.exempt
    if claim.paid > total and not row.get("amount"):
        th += f" จาก {claim.paid:,f} หักได้"
        en += f" of {claim.paid:,f} granted"
    if one.exempt:
        th += f" ยกเว้นก่อนหักค่าใช้จ่าย {one.exempt:,f}"
        en += f", exempt before expenses {one.exempt:,f}"
    working.note(row["th"] + th, row["en"] + en, total, row["table"], on)
