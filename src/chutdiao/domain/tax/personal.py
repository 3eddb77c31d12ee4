"""What every personal income tax shares: tax on net income by band, and the expenses of an income."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.tax.bands import by_bands
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)
SALARY = "40-1"


@dataclass(frozen=True, slots=True)
class ExpenseRule:
    """How much of a kind of income the law takes for expenses (ประมวลรัษฎากร ม.42 ทวิ–46)."""

    code: str
    th: str
    en: str
    rate: Decimal
    first: Decimal | None
    above: Decimal
    limit: Decimal | None
    group: str
    actual: bool
    half: bool

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "ExpenseRule":
        """Read one row of ``pit.incomes``."""
        return cls(
            row["code"], row["th"], row["en"], Decimal(row["rate"]),
            Decimal(row["first"]) if "first" in row else None,
            Decimal(row.get("above", 0)),
            Decimal(row["limit"]) if "limit" in row else None,
            row.get("group", row["code"]), row.get("actual") == "yes", row.get("half") == "yes",
        )  # fmt: skip

    def flat(self, income: Decimal) -> Decimal:
        """The flat deduction from an income, before the limit."""
        low = income if self.first is None else min(income, self.first)
        return round_to(low * self.rate + (income - low) * self.above, "satang")


def expense_rules(codes: Collection[str], on: date, working: Working) -> dict[str, ExpenseRule]:
    """The expense rule of each of these kinds of income that is known, by code."""
    rows = working.table("pit.incomes", on, strict=True)
    return {row["code"]: ExpenseRule.of(row) for row in rows if row["code"] in codes}


def salary_expense(income: Decimal, on: date, working: Working) -> Decimal:
    """The flat deduction from salary."""
    rule = expense_rules((SALARY,), on, working)[SALARY]
    found = rule.flat(income)
    return found if rule.limit is None else min(found, rule.limit)


def tax_on_net(net: Decimal, on: date, working: Working, *, noted: bool = True) -> Decimal:
    """Tax on net income by band, to the satang; each band is a step of the working.

    Raises ChutdiaoError for a day before the bands that are known, which had others.
    """
    total = ZERO
    for part, rate, tax in by_bands(net, working.table("pit.bands", on, strict=True)):
        total += tax
        if noted:
            said = f"{part:,f} × {plain_number(rate * 100)} %"
            working.note(said, said, tax, "pit.bands", on)
    return working.note("ภาษีจากเงินได้สุทธิ", "Tax on net income", total) if noted else total
