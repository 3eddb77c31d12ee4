"""``chutdiao tax cit``: corporate income tax of a year."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.corporate import GENERAL, SME, year_tax
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", help="tax year, for example 2569; this year when left out")
    parser.add_argument("--profit", help="accounting net profit; below zero for a loss")
    parser.add_argument("--add-back", default="0", help="expenses the law does not allow")
    parser.add_argument("--loss-forward", default="0", help="losses of earlier periods, see: tax losses")
    parser.add_argument("--credits", default="0", help="tax withheld and ภ.ง.ด.51 paid")
    parser.add_argument(
        "--sme", action="store_true", help="paid-up capital and revenue stay within the SME limits"
    )
    parser.add_argument("--rate", help="a special rate: special-zone, southern-border, ibc-8, ibc-5, ibc-3")


def schedule_of(options: argparse.Namespace) -> str:
    """Which rates apply: general, SME or a special one."""
    return SME if options.sme else options.rate or GENERAL


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    year = reading.year(options.year, "--year") if options.year else today.year
    on = date(year, 1, 1)
    if options.sme:
        working.warn("tax.sme-history")
    found = year_tax(
        reading.amount(options.profit, "--profit", negative=True),
        reading.amount(options.add_back, "--add-back"),
        reading.amount(options.loss_forward, "--loss-forward"),
        reading.amount(options.credits, "--credits"),
        schedule_of(options),
        on,
        working,
    )
    result: dict[str, Value] = {
        "year_be": year + 543,
        "taxable": found.taxable,
        "loss": found.loss,
        "loss_used": found.loss_used,
        "loss_left": found.loss_left,
        "tax": found.tax,
    }
    return result | ({"payable": found.payable} if found.payable >= 0 else {"overpaid": -found.payable})


COMMAND = computed("cit", "Corporate income tax of a year (ภ.ง.ด.50)", _arguments, _compute)
