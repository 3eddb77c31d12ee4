"""``chutdiao tax sso``: social security of one employee for one month."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.tax.social_security import contribution
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--wage", help="the month's wage, in baht")
    parser.add_argument(
        "--month", help="the month of the wage, for example 2569-01; this month when left out"
    )


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    month = reading.month(options.month, "--month") if options.month else today.replace(day=1)
    found = contribution(reading.amount(options.wage, "--wage"), month, working)
    return {
        "base": found.base,
        "employee": found.employee,
        "employer": found.employer,
        "total": found.employee + found.employer,
    }


COMMAND = computed("sso", "Social security contribution of a month", _arguments, _compute)
