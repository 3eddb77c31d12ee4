"""``chutdiao tax losses``: losses a company may still use."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.corporate import losses_carried
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", help="the year that would use the losses; this year when left out")
    parser.add_argument("--history", help="results by year, for example 2566=-100000,2567=60000")


def _history(text: str | None) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for part in reading.needed(text, "--history").split(","):
        left, _, right = part.partition("=")
        year = reading.year(left, "--history")
        if year in found:
            raise ChutdiaoError(Problem("tax.year-twice", "--history", {"value": left.strip()}))
        found[year] = reading.amount(right, "--history", negative=True)
    return found


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    year = reading.year(options.year, "--year") if options.year else today.year
    losses = losses_carried(_history(options.history), year, working)
    rows: list[Value] = [
        {"year": loss.year + 543, "left": loss.left, "last_year": loss.last_year + 543} for loss in losses
    ]
    return {"carry_in": sum((loss.left for loss in losses), Decimal(0)), "losses": rows}


COMMAND = computed("losses", "Losses carried into a year (ม.65 ตรี (12))", _arguments, _compute)
