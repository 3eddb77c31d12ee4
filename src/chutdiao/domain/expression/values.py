"""What expressions are made of: values, the third truth value and faults with a code."""

from collections.abc import Mapping
from datetime import date
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from chutdiao.domain.dates import show_date
from chutdiao.domain.money import format_number
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.typed import show_name


class Unanswered:
    """The type of ``UNANSWERED``, the value of a question nobody has answered."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNANSWERED"

    def __bool__(self) -> bool:
        raise TypeError("an unanswered value is neither true nor false")


UNANSWERED: Final = Unanswered()

Value = Unanswered | bool | Decimal | str | date | tuple["Value", ...] | Mapping[str, str]
Truth = bool | Unanswered


class ExpressionError(ChutdiaoError):
    """An expression that cannot be read, or cannot be worked out with these answers."""


ARITHMETIC: Final = Context(prec=40, traps=[DivisionByZero, InvalidOperation, Overflow])


def fault(code: str, column: int = 0, **values: str) -> ExpressionError:
    """Make the error of one fault; ``column`` counts from 1 inside the expression."""
    if column:
        values["column"] = str(column)
    return ExpressionError(Problem(f"expression.{code}", values=values))


def kind_of(value: Value) -> str:
    """Name a value's kind for a sentence."""
    if isinstance(value, bool):
        return "yes/no"
    for kind, name in ((Decimal, "number"), (str, "text"), (date, "date"), (tuple, "list")):
        if isinstance(value, kind):
            return name
    return "unanswered" if value is UNANSWERED else "answer with parts"


def truth(value: Value) -> Truth:
    """Read a value as yes, no or unanswered; the codes ``yes`` and ``no`` count as such."""
    if value is True or value is False or value is UNANSWERED:
        return value
    if value == "yes":
        return True
    if value == "no":
        return False
    raise fault("not-yes-no", kind=kind_of(value))


def text_of(value: Value) -> str:
    """Write an answered value as Thai prose has it: a name whole, a day with its Buddhist year.

    An address is a fault: its area codes have no words here.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, date):
        return show_date(value, "th", long=True)
    if isinstance(value, Mapping) and value.keys() & {"first", "last", "full"}:
        return show_name(dict(value))
    raise fault("not-text", kind=kind_of(value))


def number(value: Value) -> Decimal:
    """Return an answered value as a number or raise its fault."""
    if isinstance(value, Decimal):
        return value
    raise fault("not-number", kind=kind_of(value))


def day(value: Value) -> date:
    """Return an answered value as a date or raise its fault."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise fault("not-date", kind=kind_of(value))


def same(left: Value, right: Value) -> bool:
    """Whether two answered values are equal; values of different kinds are a fault, never just unequal."""
    if type(left) is type(right):
        return left == right
    if isinstance(left, bool) and right in ("yes", "no"):
        return left is (right == "yes")
    if isinstance(right, bool) and left in ("yes", "no"):
        return right is (left == "yes")
    if isinstance(left, date) or isinstance(right, date):
        return day(left) == day(right)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return dict(left) == dict(right)
    raise fault("kinds", left=kind_of(left), right=kind_of(right))


def less(left: Value, right: Value) -> bool:
    """Whether one number or date lies before another."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left < right
    if isinstance(left, date) or isinstance(right, date):
        return day(left) < day(right)
    raise fault("not-ordered", left=kind_of(left), right=kind_of(right))


def contains(item: Value, members: Value) -> Truth:
    """Kleene membership: an unanswered member leaves a miss open."""
    if item is UNANSWERED or members is UNANSWERED:
        return UNANSWERED
    if not isinstance(members, tuple):
        raise fault("not-list", kind=kind_of(members))
    open_member = False
    for member in members:
        if member is UNANSWERED:
            open_member = True
        elif same(item, member):
            return True
    return UNANSWERED if open_member else False
