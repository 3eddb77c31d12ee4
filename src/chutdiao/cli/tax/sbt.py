"""``chutdiao tax sbt``: the items of ภ.ธ.40."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.late import ZERO, late_charges
from chutdiao.domain.tax.specific_business import monthly_tax, with_charges
from chutdiao.domain.tax.working import Working

_EPILOG = "kinds: items 1 to 11 of the form, and 8-reduced; for example --receipts 6=400000,7=100000"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--receipts", help="receipts by kind of business, KIND=AMOUNT,…")
    parser.add_argument("--due", help="the last day for filing, where it is late")
    parser.add_argument("--paid", help="the day of payment, with --due; today when left out")


def _receipts(text: str | None) -> dict[str, Decimal]:
    parts = [part.partition("=") for part in reading.needed(text, "--receipts").split(",")]
    return {kind.strip(): reading.amount(amount, "--receipts") for kind, _, amount in parts}


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    due = reading.day(options.due, "--due", today) if options.due else None
    on = due or today
    items = monthly_tax(_receipts(options.receipts), on, working)
    surcharge = penalty = ZERO
    if due:
        paid = reading.day(options.paid, "--paid", today) if options.paid else today
        found = late_charges("pt40", items["12"], due, paid, working)
        surcharge, penalty = found.surcharge, found.penalty or ZERO
    return {"items": dict(with_charges(items, surcharge, penalty, on, working))}


COMMAND = computed("sbt", "Specific business tax (ภ.ธ.40)", _arguments, _compute, _EPILOG)
