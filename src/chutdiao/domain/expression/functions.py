"""The functions of plain values: each takes answered values and the scope, or says it takes gaps."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from chutdiao.domain import dates, ids, money
from chutdiao.domain.expression.dated import DATED
from chutdiao.domain.expression.patterns import PATTERNS
from chutdiao.domain.expression.scope import Scope
from chutdiao.domain.expression.values import UNANSWERED, Value, day, fault, kind_of, number, text_of
from chutdiao.domain.text import search_key

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


def _month_of(_: Scope, on: Value) -> Value:
    return Decimal(day(on).month)


def _year_of(_: Scope, on: Value) -> Value:
    return Decimal(day(on).year)


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


def _in_words(_: Scope, value: Value) -> Value:
    return money.number_text(number(value))


def _text(_: Scope, *parts: Value) -> Value:
    return "".join(text_of(part) for part in parts)


def _mentions(_: Scope, value: Value, words: Value) -> Value:
    if not isinstance(value, str):
        raise fault("not-text", kind=kind_of(value))
    if not isinstance(words, tuple):
        raise fault("not-list", kind=kind_of(words))
    held = search_key(value)
    return any(search_key(text_of(word)) in held for word in words)


def _part_of(_: Scope, value: Value, name: Value) -> Value:
    """One part of an address; district and province are also read from the sub-district's code."""
    if not isinstance(value, Mapping):
        raise fault("not-parts", kind=kind_of(value))
    digits = {"district": 4, "province": 2}.get(str(name), 0)
    found = value.get(str(name)) or value.get("subdistrict", "")[:digits]
    return found or UNANSWERED


def _add_days(_: Scope, start: Value, count: Value) -> Value:
    try:
        return day(start) + timedelta(days=int(number(count)))
    except OverflowError:
        raise fault("too-large") from None


def _least(_: Scope, *values: Value) -> Value:
    return min(number(value) for value in values)


def _most(_: Scope, *values: Value) -> Value:
    return max(number(value) for value in values)


# name -> (how many arguments, the function); an unanswered argument makes the answer unanswered
PLAIN: dict[str, tuple[int, Plain]] = {
    "today": (0, _today),
    "age_on": (2, _age_on),
    "days_between": (2, _days_between),
    "working_days": (2, _working_days),
    "add_months": (2, _add_months),
    "month_of": (1, _month_of),
    "year_of": (1, _year_of),
    "round_to": (2, _round_to),
    "length": (1, _length),
    "matches": (2, _matches),
    "is_id": (2, _is_id),
    "in_words": (1, _in_words),
    "text": (0, _text),
    "mentions": (2, _mentions),
    "part_of": (2, _part_of),
    "add_days": (2, _add_days),
    "least": (0, _least),
    "most": (0, _most),
}
VARIADIC = frozenset({"text", "least", "most"})  # one argument or more
# function -> the words its last argument may be, checked when compiled
_PARTS = frozenset({"house", "subdistrict", "district", "province", "postcode"})
WORDS: dict[str, frozenset[str]] = {
    "round_to": money.RULES,
    "matches": frozenset(PATTERNS),
    "part_of": _PARTS,
}
OVER_ROWS = {
    "total": (2, 2),
    "count": (1, 2),
    "every": (2, 2),
    "any_of": (2, 2),
    "unique": (2, 2),
    "joined": (3, 3),
}
SPECIAL = frozenset({"known", "default", "before", "row"})
FUNCTIONS = SPECIAL | DATED.keys() | PLAIN.keys() | OVER_ROWS.keys()
