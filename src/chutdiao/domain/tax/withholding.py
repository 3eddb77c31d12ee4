"""Withholding tax at source: tax on a payment, deducted from it or borne by the payer."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from chutdiao.domain.money import plain_number, round_to
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

ZERO = Decimal(0)
DEDUCTED, FOREVER, ONCE = "deducted", "forever", "once"
MODES = (DEDUCTED, FOREVER, ONCE)


@dataclass(frozen=True, slots=True)
class Withheld:
    """``pay`` is what reaches the payee; ``income`` is what the certificate shows: pay and tax together."""

    income: Decimal
    tax: Decimal
    pay: Decimal


def with_tax_borne(amount: Decimal, mode: str, tax_of: Callable[[Decimal], Decimal]) -> Decimal:
    """The income of one whose tax the payer bears: the amount with one layer of tax, or with all of them.

    ``tax_of`` must rise slower than the income, as every table of rates does.
    """
    if mode == DEDUCTED:
        return amount
    borne = tax_of(amount)
    while mode == FOREVER:
        # Tax on the tax, until nothing is left to add (ภ.ง.ด.1, direction 2.7).
        more = tax_of(amount + borne)
        if more == borne:
            break
        borne = more
    return amount + borne


def withhold(amount: Decimal, rate: Decimal, mode: str, working: Working) -> Withheld:
    """Tax on a payment at a rate in per cent.

    ``deducted``: the amount is the income. ``forever``: the amount is what the payee is to receive, and
    the payer bears the tax and the tax on that tax. ``once``: the payer bears one layer of tax; the tax
    on that layer is deducted. Raises ChutdiaoError for a rate outside 0 to less than 100.
    """
    if not 0 <= rate < 100:
        raise ChutdiaoError(Problem("tax.rate", "--rate", {"value": plain_number(rate)}))
    percent, part = plain_number(rate), rate / 100
    if mode == FOREVER:
        income = round_to(amount / (1 - part), "satang")
        said = f"{amount:,f} ÷ (1 − {percent} %)"
        working.note(f"เงินได้ = {said}", f"Income = {said}", income)
    else:
        income = with_tax_borne(amount, mode, lambda whole: round_to(whole * part, "satang"))
        said = f"{amount:,f} + {income - amount:,f}" if mode == ONCE else f"{amount:,f}"
        working.note(f"เงินได้ = {said}", f"Income = {said}", income)
    if mode == ONCE:
        working.warn("tax.wht-once")
    tax = working.note(f"ภาษี {percent} %", f"Tax at {percent} %", round_to(income * part, "satang"))
    return _paid(income, tax, working)


def withhold_by(
    amount: Decimal, mode: str, tax_of: Callable[[Decimal], Decimal], working: Working
) -> Withheld:
    """Tax on a payment by a table of rates, as ``withhold`` does at one rate."""
    income = with_tax_borne(amount, mode, tax_of)
    working.note("เงินได้", "Income", income)
    return _paid(income, working.note("ภาษี", "Tax", tax_of(income)), working)


def _paid(income: Decimal, tax: Decimal, working: Working) -> Withheld:
    return Withheld(income, tax, working.note("จ่ายจริง", "Paid to the payee", income - tax))
