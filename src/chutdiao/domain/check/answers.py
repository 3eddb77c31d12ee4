"""Stored answers as values, values as stored answers."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DecimalException

from chutdiao.domain import dates, money
from chutdiao.domain.check.state import filled
from chutdiao.domain.expression import UNANSWERED, Value
from chutdiao.domain.expression.values import fault, kind_of
from chutdiao.domain.form import Field, FieldType
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.typed import read_typed

Read = tuple[Value, Problem | None]
_TYPED = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.DATE, FieldType.CHOICES})
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,20})?")


def read_answer(spec: Field, raw: Json, today: date) -> Read:
    """Return the value of a stored answer, and the problem where it is not one of its type.

    Text that a person could have meant as the answer comes with what it would mean as the mend.
    """
    if not filled(raw):
        return UNANSWERED, None
    value, problem = _READERS[spec.type](spec, raw)
    if problem is not None and value is UNANSWERED and isinstance(raw, str) and spec.type in _TYPED:
        meant, wrong = read_typed(spec, raw, today)
        return value, wrong or Problem("answer.form", values={"value": raw[:60]}, mend=meant)
    return value, problem


def _wrong(raw: Json) -> Read:
    return UNANSWERED, Problem("answer.type", values={"value": str(raw)[:60]})


def _text(_: Field, raw: Json) -> Read:
    return (raw, None) if isinstance(raw, str) else _wrong(raw)


def _number(spec: Field, raw: Json) -> Read:
    if isinstance(raw, bool) or not isinstance(raw, str | int) or not _NUMBER.fullmatch(str(raw)):
        return UNANSWERED, Problem("number.unreadable", values={"value": str(raw)[:60]})
    value = Decimal(raw)
    return value, number_problem(spec, value)


def number_problem(spec: Field, value: Decimal) -> Problem | None:
    """Return what a number's field does not allow: satang, decimals, fractions."""
    if spec.type is FieldType.MONEY:
        allowed, code = 2, "money.satang"
    elif spec.whole:
        allowed, code = 0, "number.not-whole"
    elif spec.decimals is not None:
        allowed, code = spec.decimals, "number.decimals"
    else:
        return None
    if value == value.to_integral_value():
        return None  # by far the most; the exponent of the rest costs ten times as much
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > allowed:
        return Problem(code, values={"value": money.plain_number(value), "decimals": str(allowed)})
    return None


def _date(_: Field, raw: Json) -> Read:
    day = dates.read_iso(raw) if isinstance(raw, str) else None
    return (day, None) if day else (UNANSWERED, Problem("date.unreadable", values={"value": str(raw)[:60]}))


def _choice(_: Field, raw: Json) -> Read:
    if isinstance(raw, bool):
        return "yes" if raw else "no", None
    return (raw, None) if isinstance(raw, str) else _wrong(raw)


def _choices(_: Field, raw: Json) -> Read:
    if isinstance(raw, list) and all(isinstance(code, str) for code in raw):
        return tuple(code for code in raw if isinstance(code, str)), None
    return _wrong(raw)


def _parts(_: Field, raw: Json) -> Read:
    if isinstance(raw, dict) and all(isinstance(part, str | None) for part in raw.values()):
        return {key: part for key, part in raw.items() if isinstance(part, str) and part}, None
    return _wrong(raw)


def _name(spec: Field, raw: Json) -> Read:
    return ({"full": raw}, None) if isinstance(raw, str) else _parts(spec, raw)


def _files(_: Field, raw: Json) -> Read:
    if isinstance(raw, list) and all(isinstance(item, dict) and item.get("sha256") for item in raw):
        return tuple(str(item["sha256"]) for item in raw if isinstance(item, dict)), None
    return _wrong(raw)


def _nothing(_: Field, _raw: Json) -> Read:
    return UNANSWERED, None


_READERS: dict[FieldType, Callable[[Field, Json], Read]] = {
    FieldType.TEXT: _text,
    FieldType.NAME: _name,
    FieldType.IDENTITY: _text,
    FieldType.BRANCH: _text,
    FieldType.MONEY: _number,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.REFERENCE: _text,
    FieldType.ADDRESS: _parts,
    FieldType.PHONE: _text,
    FieldType.EMAIL: _text,
    FieldType.FILE: _files,
    FieldType.SIGNATURE: _nothing,
    FieldType.TABLE: _nothing,
}


def settle(spec: Field, value: Value) -> Value:
    """Fit a computed value to its field, amounts to satang; raises ExpressionError."""
    if value is UNANSWERED:
        return value
    if spec.type in (FieldType.MONEY, FieldType.NUMBER):
        if not isinstance(value, Decimal):
            raise fault("not-number", kind=kind_of(value))
        try:
            return _settle_number(spec, value)
        except DecimalException as error:
            raise fault("too-large") from error
    if spec.type is FieldType.DATE and not isinstance(value, date):
        read = dates.read_iso(value) if isinstance(value, str) else None
        if read is None:
            raise fault("not-date", kind=kind_of(value))
        return read
    return value


def _settle_number(spec: Field, value: Decimal) -> Decimal:
    if spec.type is FieldType.MONEY:
        return money.round_to(value, "satang")
    if spec.whole and value != value.to_integral_value():
        raise fault("not-whole", value=money.plain_number(value)[:40])
    if spec.decimals is not None:
        step = Decimal(1).scaleb(-spec.decimals)
        return value.quantize(step, rounding=ROUND_HALF_UP, context=money.EXACT)
    return value


def to_json(value: Value, kind: FieldType | None = None) -> Json:
    """Return a value as it is stored."""
    if value is UNANSWERED:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return money.plain_money(value) if kind is FieldType.MONEY else money.plain_number(value)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, dict) else None
