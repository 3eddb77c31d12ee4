"""The functions over the rows of a table; unanswered rows are passed over."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from chutdiao.domain.expression.scope import Scope
from chutdiao.domain.expression.values import ARITHMETIC, UNANSWERED, Value, number, text_of, truth

Read = Callable[[Scope], Value]


def _total(rows: Sequence[Scope], read: Read) -> Value:
    total = Decimal(0)
    for row in rows:
        value = read(row)
        if value is not UNANSWERED:
            total = ARITHMETIC.add(total, number(value))
    return total


def _count(rows: Sequence[Scope], read: Read) -> Value:
    return Decimal(sum(truth(read(row)) is True for row in rows))


def _every(rows: Sequence[Scope], read: Read) -> Value:
    return all(truth(read(row)) is not False for row in rows)


def _any_of(rows: Sequence[Scope], read: Read) -> Value:
    return any(truth(read(row)) is True for row in rows)


def _unique(rows: Sequence[Scope], read: Read) -> Value:
    seen = set()
    for row in rows:
        value = read(row)
        if value is UNANSWERED:
            continue
        key = tuple(sorted(value.items())) if isinstance(value, dict) else value
        if key in seen:
            return False
        seen.add(key)
    return True


def joined_by(between: str) -> Callable[[Sequence[Scope], Read], Value]:
    """Put the texts of the rows together; an empty text is passed over, none at all leaves it unanswered."""

    def fold(rows: Sequence[Scope], read: Read) -> Value:
        values = (read(row) for row in rows)
        texts = [text for value in values if value is not UNANSWERED and (text := text_of(value))]
        return between.join(texts) if texts else UNANSWERED

    return fold


FOLDS: dict[str, Callable[[Sequence[Scope], Read], Value]] = {
    "total": _total,
    "count": _count,
    "every": _every,
    "any_of": _any_of,
    "unique": _unique,
}
