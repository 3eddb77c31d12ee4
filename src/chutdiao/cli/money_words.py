"""``chutdiao money words``: an amount in Thai and English words."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.money import baht_text, baht_text_en
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("amount", help="baht, for example 1250.50")


def _compute(options: argparse.Namespace, _working: Working, _today: date) -> Mapping[str, Value]:
    amount = reading.amount(options.amount, "amount", negative=True)
    return {"amount": amount, "th": baht_text(amount), "en": baht_text_en(amount)}


COMMAND = computed("words", "Write an amount in words", _arguments, _compute)
