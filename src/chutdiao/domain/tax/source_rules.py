"""Which withholding applies: the form, the rate and the base, by payer, kind of income and payee."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chutdiao.domain.money import plain_number
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.allowances import Bases, Claim, granted
from chutdiao.domain.tax.personal import ZERO, salary_expense, tax_on_net
from chutdiao.domain.tax.withholding import Withheld, withhold, withhold_by
from chutdiao.domain.tax.working import Working

EMPLOYMENT, PROGRESSIVE = "employment", "progressive"


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment before VAT; ``contract`` is the total of its contract where it is one instalment.

    ``rate``: a rate in per cent that takes the place of the table's, as a tax treaty may give.
    """

    amount: Decimal
    income: str
    payee: str
    payer: str
    mode: str
    contract: Decimal | None = None
    electronic: bool = False
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """``form`` is empty where nothing is withheld; ``rate`` is None where the tax goes by band."""

    form: str
    rate: Decimal | None
    law: str
    withheld: Withheld


def withhold_at_source(payment: Payment, on: date, working: Working) -> Ruled:
    """What to withhold from a payment made on a day.

    Raises ChutdiaoError for codes that are not known and pairs that the law has no rule for.
    """
    row = _row(payment, on, working)
    if "say" in row:
        working.warn(f"tax.wht-{row['say']}")
    if row.get("confidence", "high") != "high":
        values = {"name": "wht.rates", "day": on.isoformat(), "source": row.get("law", "")}
        working.warn("tax.unverified", **values)
    if payment.rate is None and not row["form"]:
        return _nothing(payment, "ไม่ต้องหัก ณ ที่จ่าย", "Nothing is withheld", on, working)
    least = Decimal(row.get("least", 0))
    if (payment.contract or payment.amount) < least:
        th, en = f"สัญญาต่ำกว่า {least:,f} ไม่ต้องหัก", f"Contract below {least:,f}: nothing is withheld"
        return _nothing(payment, th, en, on, working)
    law = row.get("law", "")
    if payment.rate is None and row["rate"] in (EMPLOYMENT, PROGRESSIVE):
        return Ruled(row["form"], None, law, _by_band(payment, row["rate"], on, working))
    rate = payment.rate if payment.rate is not None else _rate(payment, row, on, working)
    said = f"{plain_number(rate)} %, {row['form'].replace('pnd', 'ภ.ง.ด.')}"
    working.note(f"อัตรา {said}", f"Rate {said}", rate, "wht.rates", on)
    return Ruled(row["form"], rate, law, withhold(payment.amount, rate, payment.mode, working))


def _row(payment: Payment, on: date, working: Working) -> Mapping[str, str]:
    asked = {"payer": payment.payer, "income": payment.income, "payee": payment.payee}
    for name, value in asked.items():
        known = [row["code"] for row in working.table(f"wht.{name}s", on, strict=True)]
        if value not in known:
            values = {"value": value, "known": ", ".join(known)}
            raise ChutdiaoError(Problem("tax.code", f"--{name}", values))
    for row in working.table("wht.rates", on, strict=True):
        if all(row[name] == "any" or value in row[name].split() for name, value in asked.items()):
            return {"form": "", **row}
    raise ChutdiaoError(Problem("tax.wht-no-rule", "--payee", asked))


def _rate(payment: Payment, row: Mapping[str, str], on: date, working: Working) -> Decimal:
    rate = Decimal(row["rate"])
    if not payment.electronic:
        return rate
    if row.get("e") != "yes":
        working.warn("tax.wht-not-electronic")
        return rate
    # Outside its window the lower rate would be unlawful, so no other year's stands in.
    return min(rate, working.at("wht.e_rate", on, strict=True))


def _nothing(payment: Payment, th: str, en: str, on: date, working: Working) -> Ruled:
    working.note(th, en, ZERO, "wht.rates", on)
    return Ruled("", ZERO, "", Withheld(payment.amount, ZERO, payment.amount))


def _by_band(payment: Payment, kind: str, on: date, working: Working) -> Withheld:
    """Tax by band on this payment alone; pay that comes again goes by the payroll."""
    if kind == PROGRESSIVE:
        return withhold_by(
            payment.amount, payment.mode, lambda income: tax_on_net(income, on, working, noted=False), working
        )
    working.warn("tax.wht-employment")
    grants = granted([Claim("personal", heads=1)], Bases(ZERO, ZERO), on, working)
    allowed = sum((grant.allowance for grant in grants), ZERO)

    def tax_of(income: Decimal) -> Decimal:
        net = max(income - salary_expense(income, on, working) - allowed, ZERO)
        return tax_on_net(net, on, working, noted=False)

    return withhold_by(payment.amount, payment.mode, tax_of, working)
