"""``chutdiao tax vat-abroad``: VAT remitted on a payment abroad."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.late import ZERO, late_charges
from chutdiao.domain.tax.vat import abroad_tax
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--amount", help="amount paid, in baht, without VAT")
    parser.add_argument("--paid", help="the day the operator abroad was paid; today when left out")
    parser.add_argument("--due", help="the last day for filing, where it is late")
    parser.add_argument("--remitted", help="the day of filing, with --due; today when left out")


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    amount = reading.amount(options.amount, "--amount")
    paid = reading.day(options.paid, "--paid", today) if options.paid else today
    tax = abroad_tax(amount, paid, working)
    surcharge = ZERO
    if options.due:
        due = reading.day(options.due, "--due", today)
        remitted = reading.day(options.remitted, "--remitted", today) if options.remitted else today
        surcharge = late_charges("pp36", tax, due, remitted, working).surcharge
    return {"amount": amount, "tax": tax, "surcharge": surcharge, "total": tax + surcharge}


COMMAND = computed("vat-abroad", "VAT on a payment abroad (ภ.พ.36)", _arguments, _compute)
