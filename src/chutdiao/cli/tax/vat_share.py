"""``chutdiao tax vat-share``: input tax shared between taxable and other income."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.late import ZERO, late_charges
from chutdiao.domain.tax.vat import shared_items
from chutdiao.domain.tax.working import Working

_AMOUNTS = {
    "estimated": "item 1, estimated income of the year (or last year's)",
    "estimated-taxable": "item 2, the part of it under VAT",
    "input": "item 3, input tax to be shared",
    "actual": "item 5, actual income of the year",
    "actual-taxable": "item 6, the part of it under VAT",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    for name, text in _AMOUNTS.items():
        parser.add_argument(f"--{name}", help=text)
    parser.add_argument("--due", help="the last day for filing, where it is late")
    parser.add_argument("--paid", help="the day of payment, with --due; today when left out")


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    amounts = [reading.amount(getattr(options, name.replace("-", "_")), f"--{name}") for name in _AMOUNTS]
    items = shared_items(amounts[0], amounts[1], amounts[2], amounts[3], amounts[4], working)
    if options.due:
        due = reading.day(options.due, "--due", today)
        paid = reading.day(options.paid, "--paid", today) if options.paid else today
        found = late_charges("pp30-2", items["8"], due, paid, working)
        items |= {"10": found.surcharge, "11": found.penalty or ZERO}
        items["12"] = items["8"] + items["10"] + items["11"]
    return {"items": dict(items)}


COMMAND = computed("vat-share", "Input tax shared by income (ภ.พ.30.2)", _arguments, _compute)
