"""``chutdiao tax pit``: personal income tax of a year."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.dates import BUDDHIST
from chutdiao.domain.tax.personal import tax_on_net
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", help="tax year, for example 2569; this year when left out")
    parser.add_argument("--net", help="net income, where it is already known")


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    year = reading.year(options.year, "--year") if options.year else today.year
    net = reading.amount(options.net, "--net")
    return {"year_be": year + BUDDHIST, "net": net, "tax": tax_on_net(net, date(year, 12, 31), working)}


COMMAND = computed("pit", "Personal income tax of a year", _arguments, _compute)
