"""``chutdiao tax vat``: the items of ภ.พ.30."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.late import ZERO, late_charges
from chutdiao.domain.tax.vat import VatMonth, estimated_output, monthly_items
from chutdiao.domain.tax.working import Working

_AMOUNTS = {
    "sales": "item 1, sales of the month",
    "zero": "item 2, sales at 0 %",
    "exempt": "item 3, exempt sales",
    "output": "item 5, total of the output tax report; worked out from item 4 where left out",
    "purchases": "item 6, purchases that carry input tax",
    "input": "item 7, total of the input tax report",
    "credit": "item 10, overpaid tax brought forward",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    for name, text in _AMOUNTS.items():
        parser.add_argument(f"--{name}", help=text)
    parser.add_argument("--additional", action="store_true", help="an additional filing")
    parser.add_argument("--due", help="the last day for filing on paper, where it is late")
    parser.add_argument("--paid", help="the day of payment, with --due; today when left out")
    parser.add_argument("--under-declared", action="store_true", help="filed in time but declared too little")


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    given = {name: getattr(options, name) for name in _AMOUNTS}
    amounts = {name: reading.amount(text or "0", f"--{name}") for name, text in given.items()}
    reading.needed(given["sales"], "--sales")
    if given["output"] is None:
        taxable = amounts["sales"] - amounts["zero"] - amounts["exempt"]
        amounts["output"] = estimated_output(taxable, today, working)
    month = VatMonth(**amounts, additional=options.additional)
    surcharge = penalty = ZERO
    result: dict[str, Value] = {}
    if options.due:
        due = reading.day(options.due, "--due", today)
        paid = reading.day(options.paid, "--paid", today) if options.paid else today
        surcharge, penalty, result["fine"] = _charges(month, due, paid, options.under_declared, working)
    items = monthly_items(month, working, surcharge, penalty)
    return {"items": dict(items), **result}


def _charges(
    month: VatMonth, due: date, paid: date, under: bool, working: Working
) -> tuple[Decimal, Decimal, Decimal | None]:
    """Surcharge and penalty stand on item 8: items 15 and 16 set the credit of item 12 against them."""
    tax = max(month.output - month.input, ZERO)
    found = late_charges("pp30", tax, due, paid, working, under=under)
    return found.surcharge, found.penalty or ZERO, found.fine


COMMAND = computed("vat", "The items of ภ.พ.30", _arguments, _compute)
