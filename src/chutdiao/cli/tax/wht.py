"""``chutdiao tax wht``: tax withheld from a payment."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.withholding import DEDUCTED, MODES, withhold
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--amount", help="the payment before VAT")
    parser.add_argument("--rate", help="rate of tax in per cent")
    parser.add_argument("--mode", default=DEDUCTED, help="who bears the tax: " + ", ".join(MODES))


def _compute(options: argparse.Namespace, working: Working, _today: date) -> Mapping[str, Value]:
    amount = reading.amount(options.amount, "--amount")
    rate = reading.number(options.rate, "--rate")
    mode = reading.code(options.mode, "--mode", MODES)
    found = withhold(amount, rate, mode, working)
    return {"rate": rate, "income": found.income, "tax": found.tax, "pay": found.pay}


COMMAND = computed("wht", "Tax withheld at source", _arguments, _compute)
