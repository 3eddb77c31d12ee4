"""``chutdiao tax cit-half``: the half-year return of a company."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.cli.tax.cit import schedule_of
from chutdiao.domain.tax.corporate import half_tax
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", help="tax year; this year when left out")
    parser.add_argument("--estimate", help="estimated net profit of the whole year")
    parser.add_argument("--actual", help="net profit the year really made, once known")
    parser.add_argument("--credits", default="0", help="tax withheld in the first six months")
    parser.add_argument("--sme", action="store_true", help="the SME bands apply")
    parser.add_argument("--rate", help="a special rate, see: tax cit --help")


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    year = reading.year(options.year, "--year") if options.year else today.year
    actual = options.actual
    found = half_tax(
        reading.amount(options.estimate, "--estimate", negative=True),
        None if actual is None else reading.amount(actual, "--actual", negative=True),
        reading.amount(options.credits, "--credits"),
        schedule_of(options),
        date(year, 1, 1),
        working,
    )
    result: dict[str, Value] = {"half": found.half, "tax": found.tax}
    result |= {"payable": found.payable} if found.payable >= 0 else {"overpaid": -found.payable}
    return result | {"shortfall_surcharge": found.shortfall_surcharge}


COMMAND = computed("cit-half", "Half-year corporate income tax (ภ.ง.ด.51)", _arguments, _compute)
