"""The functions that ask the dated parameters: a value, a cell of a table, rates that rise band by band."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from chutdiao.domain.expression.scope import Scope
from chutdiao.domain.expression.values import Value, fault, number, text_of
from chutdiao.domain.money import round_to
from chutdiao.domain.parameters import Rows
from chutdiao.domain.tax.bands import by_bands

Dated = Callable[..., Value]


def _param(scope: Scope, name: str, on: date) -> Value:
    try:
        return scope.parameters.at(name, on).value
    except (KeyError, IndexError):
        raise fault("unknown-parameter", name=name) from None


def _rows(scope: Scope, name: str, on: date) -> Rows:
    try:
        return scope.parameters.table(name, on).value
    except (KeyError, IndexError):
        raise fault("unknown-parameter", name=name) from None


def _listed(scope: Scope, name: str, on: date, code: Value, column: Value) -> Value:
    """The number in a column of the row with this code; an empty or missing cell is a fault."""
    for row in _rows(scope, name, on):
        if row.get("code") == text_of(code):
            try:
                return Decimal(row[text_of(column)])
            except (KeyError, InvalidOperation):
                break
    raise fault("unknown-parameter", name=f"{name} {text_of(code)} {text_of(column)}")


def _banded(scope: Scope, name: str, on: date, amount: Value) -> Value:
    """The tax on an amount, band by band, to the satang; nothing on less than nothing."""
    parts = by_bands(number(amount), _rows(scope, name, on))
    return round_to(sum((tax for _, _, tax in parts), Decimal(0)), "satang")


# name -> (how many arguments with the parameter's name, which comes first; the function)
DATED: dict[str, tuple[int, Dated]] = {"param": (1, _param), "listed": (3, _listed), "banded": (2, _banded)}
