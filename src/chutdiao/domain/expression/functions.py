"""The functions of plain values: each takes answered values and the scope, or says it takes gaps."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from chutdiao.domain import dates, ids, money
from chutdiao.domain.expression.patterns import PATTERNS
from chutdiao.domain.expression.scope import Scope
from chutdiao.domain.expression.values import Value, day, fault, kind_of, number

Plain = Callable[..., Value]


def _today(scope: Scope) -> Value:
    return scope.today


def _age_on(_: Scope, born: Value, on: Value) -> Value:
    return Decimal(dates.age_on(day(born), day(on)))


def _days_between(_: Scope, start: Value, end: Value) -> Value:
    return Decimal((day(end) - day(start)).days)


def _working_days(scope: Scope, start: Value, end: Value) -> Value:
    return Decimal(dates.working_days(day(start), day(end), scope.parameters.holidays))


def _add_months(_: Scope, start: Value, months: Value) -> Value:
    count = number(months)
    if count != count.to_integral_value():
        raise fault("not-whole", value=str(count))
    try:
        return dates.add_months(day(start), int(count))
    except OverflowError:
        raise fault("too-large") from None


def _round_to(_: Scope, value: Value, rule: Value) -> Value:
    return money.round_to(number(value), str(rule))


def _length(_: Scope, value: Value) -> Value:
    if isinstance(value, str | tuple):
        return Decimal(len(value))
    raise fault("not-text", kind=kind_of(value))


def _matches(_: Scope, value: Value, name: Value) -> Value:
    if not isinstance(value, str):
        raise fault("not-text", kind=kind_of(value))
    return PATTERNS[str(name)].fullmatch(value) is not None


def _is_id(_: Scope, value: Value, kind: Value) -> Value:
    if not isinstance(value, str):
        raise fault("not-text", kind=kind_of(value))
    if kind not in ids.KINDS:
        raise fault("unknown-kind", name=str(kind))
    return isinstance(ids.read_identity(value, str(kind)), str)


def find_parameter(scope: Scope, name: str, on: date) -> Decimal:
    """Return a dated value or raise its fault."""
    try:
        return scope.parameters.at(name, on).value
    except (KeyError, IndexError):
        raise fault("unknown-parameter", name=name) from None


# name -> (how many arguments, the function); an unanswered argument makes the answer unanswered
PLAIN: dict[str, tuple[int, Plain]] = {
    "today": (0, _today),
    "age_on": (2, _age_on),
    "days_between": (2, _days_between),
    "working_days": (2, _working_days),
    "add_months": (2, _add_months),
    "round_to": (2, _round_to),
    "length": (1, _length),
    "matches": (2, _matches),
    "is_id": (2, _is_id),
}
# function -> the words its last argument may be, checked when compiled
WORDS: dict[str, frozenset[str]] = {"round_to": money.RULES, "matches": frozenset(PATTERNS)}
OVER_ROWS = {"total": (2, 2), "count": (1, 2), "every": (2, 2), "any_of": (2, 2), "unique": (2, 2)}
SPECIAL = frozenset({"known", "default", "param", "before", "row"})
FUNCTIONS = SPECIAL | PLAIN.keys() | OVER_ROWS.keys()
