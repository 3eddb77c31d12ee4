"""``chutdiao id check NUMBER``: whether a number can be one, and whose kind it is."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.identity_kinds import kind_of
from chutdiao.domain.ids import read_identity, show_identity
from chutdiao.domain.problem import Problem
from chutdiao.domain.tax.working import Working
from chutdiao.domain.text import arabic_digits, clean


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", help="thirteen digits, with or without dashes and spaces")


def _compute(options: argparse.Namespace, working: Working, _today: date) -> Mapping[str, Value]:
    found = read_identity(options.number)
    if isinstance(found, Problem):
        working.warn(found.code, **found.values)
        bare = "".join(letter for letter in arabic_digits(clean(options.number)) if letter.isalnum())
        return {"valid": False, "normal": bare, "display": show_identity(bare), "kind": ""}
    if not found.isdigit():
        return {"valid": True, "normal": found, "display": found, "kind": "passport"}
    kind, detail = kind_of(found)
    if found[0] == "9":
        working.warn("id.never-issued", value=show_identity(found))
    return {
        "valid": True,
        "normal": found,
        "display": show_identity(found),
        "kind": kind,
        "detail_th": detail.th,
        "detail_en": detail.en,
    }


_EPILOG = "kind: natural, juristic, revenue, foreign-worker, passport; exit code 0 also where it is not valid"
COMMAND = computed(
    "check", "Check an identity, registration or taxpayer number", _arguments, _compute, _EPILOG
)
