"""Withholding tax at source: who withholds how much on which form, and tax that the payer bears."""

from dataclasses import dataclass
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

DEDUCTED, FOREVER, ONCE = "deducted", "forever", "once"
MODES = (DEDUCTED, FOREVER, ONCE)


@dataclass(frozen=True, slots=True)
class Withheld:
    """``pay`` is what reaches the payee; ``income`` is what the certificate shows: pay and tax together."""

    income: Decimal
    tax: Decimal
    pay: Decimal


def withhold(amount: Decimal, rate: Decimal, mode: str, working: Working) -> Withheld:
    """Tax on a payment at a rate in per cent, deducted from it or borne by the payer.

    ``deducted``: the amount is the income. ``forever``: the amount is what the payee is to receive, and
    the payer bears the tax and the tax on that tax. ``once``: the payer bears one layer of tax; the tax
    on that layer is deducted. Raises ChutdiaoError for a rate outside 0 to less than 100.
    """
    if not 0 <= rate < 100:
        raise ChutdiaoError(Problem("tax.rate", "--rate", {"value": plain_number(rate)}))
    percent, part = plain_number(rate), rate / 100
    if mode == FOREVER:
        income = round_to(amount / (1 - part), "satang")
        working.note(
            f"เงินได้ = {amount:,f} ÷ (1 − {percent} %)", f"Income = {amount:,f} ÷ (1 − {percent} %)", income
        )
    elif mode == ONCE:
        borne = round_to(amount * part, "satang")
        working.note(f"ภาษีที่ออกให้ {percent} %", f"Tax borne by the payer, {percent} %", borne)
        income = working.note("เงินได้รวมภาษีที่ออกให้", "Income with the tax borne", amount + borne)
    else:
        income = working.note("เงินได้", "Income", amount)
    tax = working.note(f"ภาษี {percent} %", f"Tax at {percent} %", round_to(income * part, "satang"))
    pay = working.note("จ่ายจริง", "Paid to the payee", income - tax)
    return Withheld(income, tax, pay)
