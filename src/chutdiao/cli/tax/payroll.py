"""``chutdiao tax payroll``: income tax withheld from one payment of wages."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.dates import BUDDHIST
from chutdiao.domain.tax.payroll import Pay, pay_tax
from chutdiao.domain.tax.withholding import DEDUCTED, MODES
from chutdiao.domain.tax.working import Working

_MONTHS = 12
_MOST_PAYMENTS = 53
_HELP = """\
One who joins in mid-year: give the month only, for example --month 4 (nine payments are left).
One who was paid before: add --paid-before and --withheld-before (this employer, this year).
One who leaves, or the last month: --months-left 1 takes all that is left of the year's tax.
Paid twice a month or weekly: --monthly is one payment, --months-left the payments left (24, 52)."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", help="tax year, for example 2569; this year when left out")
    parser.add_argument("--monthly", help="regular pay of one month")
    parser.add_argument("--month", help="month of the payment, 1 to 12; this month when left out")
    parser.add_argument("--allowances", default="0", help="personal, social security and other allowances")
    parser.add_argument("--months-left", help="payments left in the year, this one included")
    parser.add_argument("--paid-before", default="0", help="paid earlier this year")
    parser.add_argument("--withheld-before", default="0", help="withheld earlier this year")
    parser.add_argument("--bonus", default="0", help="bonus or other special pay in this payment")
    parser.add_argument("--mode", default=DEDUCTED, help="who bears the tax: " + ", ".join(MODES))


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    year = reading.year(options.year, "--year") if options.year else today.year
    month = reading.whole(options.month, "--month", 1, _MONTHS) if options.month else today.month
    left = _MONTHS + 1 - month
    if options.months_left:
        left = reading.whole(options.months_left, "--months-left", 1, _MOST_PAYMENTS)
    pay = Pay(
        reading.amount(options.monthly, "--monthly"),
        left,
        reading.amount(options.allowances, "--allowances"),
        reading.amount(options.paid_before, "--paid-before"),
        reading.amount(options.withheld_before, "--withheld-before"),
        reading.amount(options.bonus, "--bonus"),
        reading.code(options.mode, "--mode", MODES),
    )
    found = pay_tax(pay, date(year, _MONTHS, 31), working)
    return {
        "year_be": year + BUDDHIST,
        "month": month,
        "months_left": left,
        "projected": found.projected,
        "net": found.net,
        "annual_tax": found.annual_tax,
        "on_pay": found.on_pay,
        "on_bonus": found.on_bonus,
        "withhold": found.withhold,
        "over_withheld": found.over,
    }


COMMAND = computed("payroll", "Income tax to withhold from pay, ม.50(1)", _arguments, _compute, _HELP)
