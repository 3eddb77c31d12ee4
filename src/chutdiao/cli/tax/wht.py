"""``chutdiao tax wht``: tax withheld at source from a payment."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.money import round_to
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.tax.source_rules import Payment, Ruled, withhold_at_source
from chutdiao.domain.tax.withholding import DEDUCTED, MODES, withhold
from chutdiao.domain.tax.working import Working

_ABROAD = "foreign-company"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--amount", help="the payment before VAT")
    parser.add_argument("--income", metavar="CODE", help="what is paid for")
    parser.add_argument("--payee", metavar="CODE", help="who is paid")
    parser.add_argument("--payer", metavar="CODE", default="company", help="who pays; company when left out")
    parser.add_argument("--rate", help="a rate in per cent, alone or in place of the table's, as by a treaty")
    parser.add_argument("--mode", default=DEDUCTED, help="who bears the tax: " + ", ".join(MODES))
    parser.add_argument("--contract", help="total of the contract, where this is one instalment of it")
    parser.add_argument("--vat", action="store_true", help="VAT is added to the payment")
    parser.add_argument("--e-withholding", action="store_true", help="paid through e-Withholding Tax")
    parser.add_argument("--on", help="day of the payment; today when left out")


def _codes(parameters: Parameters) -> str:
    """Every code of an income, payee and payer, from the tables themselves."""
    lines: list[str] = []
    for name in ("income", "payee", "payer"):
        rows = parameters.table(f"wht.{name}s", date.max).value
        lines += [f"--{name}:", *(f"  {row['code']:<18} {row['en']}" for row in rows)]
    return "\n".join(lines)


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    amount = reading.amount(options.amount, "--amount")
    rate = reading.number(options.rate, "--rate") if options.rate is not None else None
    mode = reading.code(options.mode, "--mode", MODES)
    on = reading.day(options.on, "--on", today) if options.on else today
    result: dict[str, Value] = {}
    if options.income is None and rate is not None:
        found = withhold(amount, rate, mode, working)
        result["rate"] = rate
    else:
        ruled = _ruled(options, amount, rate, mode, on, working)
        found = ruled.withheld
        # By band there is no one rate; the share it comes to would mislead.
        shown: Value = "progressive" if ruled.rate is None else ruled.rate
        result |= {"form": ruled.form or None, "rate": shown, "law": ruled.law}
    result |= {"income": found.income, "tax": found.tax}
    if options.vat:
        vat = _vat(options, amount, on, working)
        result |= {"vat": vat, "pay": found.pay + (Decimal(0) if options.payee == _ABROAD else vat)}
    else:
        result["pay"] = found.pay
    return result


def _ruled(
    options: argparse.Namespace, amount: Decimal, rate: Decimal | None, mode: str, on: date, working: Working
) -> Ruled:
    payment = Payment(
        amount,
        reading.needed(options.income, "--income").strip().casefold(),
        reading.needed(options.payee, "--payee").strip().casefold(),
        reading.needed(options.payer, "--payer").strip().casefold(),
        mode,
        reading.amount(options.contract, "--contract") if options.contract else None,
        options.e_withholding,
        rate,
    )
    return withhold_at_source(payment, on, working)


def _vat(options: argparse.Namespace, amount: Decimal, on: date, working: Working) -> Decimal:
    """VAT on the price; for a payee abroad the payer remits it with ภ.พ.36 and does not pay it out."""
    if options.payee == _ABROAD:
        working.warn("tax.wht-vat-abroad")
    vat = round_to(amount * working.at("vat.rate", on), "satang")
    return working.note("ภาษีมูลค่าเพิ่ม", "VAT", vat, "vat.rate", on)


COMMAND = computed("wht", "Tax withheld at source", _arguments, _compute, codes=_codes)
