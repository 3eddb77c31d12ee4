"""``chutdiao tax stamp``: stamp duty of an instrument."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.stamp import ZERO, late_duty, paid_in_cash, schedule_row, stamp_duty
from chutdiao.domain.tax.working import Working

_EPILOG = """items: 1 lease, 2 share transfer, 3 hire purchase, 4 hire of work, 5 loan, 7 power of attorney,
       8 proxy, 9 bill, 12 cheque, 17 guarantee, 18 pledge, 21 agency, 23 duplicate, 24 memorandum,
       25 articles, 27 partnership contract, 28 receipt
variants: 7 one-act several-acts each-person; 8 one-meeting several-meetings; 21 special general;
          23 small large; 27 new amend"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--item", help="number of the instrument in the schedule")
    parser.add_argument("--value", default="0", help="value of the instrument without VAT")
    parser.add_argument("--variant", default="", help="which rate of the item")
    parser.add_argument("--count", default="1", help="copies or persons")
    parser.add_argument("--signed", help="the day the instrument was made")
    parser.add_argument("--paid", help="the day the duty is paid; today when left out")
    parser.add_argument("--found", action="store_true", help="an officer discovered it")
    parser.add_argument("--government", action="store_true", help="the employer or lessee is a public body")


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    item = reading.needed(options.item, "--item").strip()
    value = reading.amount(options.value, "--value")
    signed = reading.day(options.signed, "--signed", today) if options.signed else None
    on = signed or today
    row = schedule_row(item, options.variant, on, working)
    count = reading.whole(options.count, "--count", 1, 10_000)
    duty = stamp_duty(row, value, count, on, working)
    surcharge = ZERO
    if signed:
        paid = reading.day(options.paid, "--paid", today) if options.paid else today
        surcharge = late_duty(duty, signed, paid, options.found, working)
    return {
        "item": item,
        "name_th": row["name_th"],
        "name_en": row["name_en"],
        "duty": duty,
        "surcharge": surcharge,
        "total": duty + surcharge,
        "cash": paid_in_cash(item, value, options.government, on, working),
    }


COMMAND = computed("stamp", "Stamp duty, and what is added when it is late", _arguments, _compute, _EPILOG)
