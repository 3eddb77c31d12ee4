"""``chutdiao tax late``: what a late payment costs."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.late import STATEMENTS, late_charges
from chutdiao.domain.tax.working import Working

_EPILOG = """forms: pp30 pp30-2 pp36 pt40 pnd1 pnd1a pnd2 pnd2a pnd3 pnd3a pnd53 pnd54 pnd50 pnd51
       pnd90 pnd91 pnd94 sso1-10 fs
--due is the last day on paper: once the day for filing online is missed, the surcharge counts from there.
total is the tax with its charges; charges are surcharge, penalty and fine alone."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--form", help="the code of the form")
    parser.add_argument("--tax", help="tax or contribution due, in baht")
    parser.add_argument("--due", help="the last day for filing on paper")
    parser.add_argument("--paid", help="the day of payment; today when left out")
    parser.add_argument("--under-declared", action="store_true", help="filed in time but declared too little")
    parser.add_argument(
        "--extended", action="store_true", help="within an approved extension (0.75 % a month)"
    )


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    form = reading.needed(options.form, "--form").strip().casefold()
    tax = reading.amount("0" if form == STATEMENTS else options.tax, "--tax")
    due = reading.day(options.due, "--due", today)
    paid = reading.day(options.paid, "--paid", today) if options.paid else today
    found = late_charges(
        form, tax, due, paid, working, under=options.under_declared, extended=options.extended
    )
    return {
        "form": form,
        "due": due,
        "paid": paid,
        "days": found.days,
        "months": found.months,
        "tax": tax,
        "surcharge": found.surcharge,
        "penalty": found.penalty,
        "fine": found.fine,
        "charges": found.total,
        "total": tax + found.total,
    }


COMMAND = computed("late", "Surcharge, penalty and fine of a late payment", _arguments, _compute, _EPILOG)
