"""Try every expression on answers of the right types: what can never be worked out is found early."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from chutdiao.domain.expression import ExpressionError, Scope, Value, compile_expression, truth
from chutdiao.domain.expression.values import fault, number
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Problem
from chutdiao.formlib.lint.draft import Draft, Spot, Written
from chutdiao.formlib.lint.expressions import codes_of, compiled

T = TypeVar("T")
_CONDITIONS = frozenset({"show", "required", "needed", "that", "when"})
_NUMBERS = (Decimal(1), Decimal(7))
_DAYS = (date(2026, 1, 31), date(2026, 11, 23))
# What holds for every answer of the right types; all else depends on the answers.
_ALWAYS = frozenset(
    f"expression.{code}"
    for code in (
        "kinds",
        "not-number",
        "not-date",
        "not-text",
        "not-list",
        "not-ordered",
        "not-yes-no",
        "not-table",
        "unknown-kind",
        "divide-by-zero",
    )
)


@dataclass(frozen=True)
class _Sample:
    """A scope whose every answer is a sample of its type; ``shadow`` are the tables around."""

    draft: Draft
    parameters: Parameters
    turn: int
    tables: tuple[str, ...] = ()
    depth: int = 0

    @property
    def today(self) -> date:
        return _DAYS[self.turn]

    def value(self, name: str) -> Value:
        for table in reversed(self.tables):
            if name in self.draft.tables.get(table, {}):
                return self._sample(self.draft.tables[table][name])
        if name in self.draft.top:
            return self._sample(self.draft.top[name])
        source = next((row["value"] for row in self.draft.computed if row["id"] == name), None)
        if source is None or self.depth > len(self.draft.computed):
            raise fault("unknown-name", name=name)
        return compile_expression(str(source)).evaluate(replace(self, tables=(), depth=self.depth + 1))

    def rows(self, table: str) -> Sequence[Scope]:
        if table not in self.draft.tables:
            raise fault("not-table", name=table)
        return [replace(self, tables=(*self.tables, table))]

    def row_number(self) -> int:
        return self.turn + 1

    def sum_above(self, _key: object, read: Callable[[Scope], Value]) -> Decimal:
        return number(read(self))

    def once(self, _key: object, _table: str, _names: frozenset[str], work: Callable[[], T]) -> T:
        return work()

    def _sample(self, written: Written) -> Value:
        codes = codes_of(written, self.draft) or ["x"]
        code = codes[min(self.turn, len(codes) - 1)]
        samples: Mapping[str, Value] = {
            "money": _NUMBERS[self.turn],
            "number": _NUMBERS[self.turn],
            "date": _DAYS[self.turn],
            "choice": code,
            "choices": (code,),
            "file": ("0" * 64,),
            "name": {"first": "ก", "last": "ข"},
            "address": {"house": "1", "subdistrict": "500501"},
        }
        return samples.get(written.type, "1")


def probe(draft: Draft, parameters: Parameters) -> Iterator[Problem]:
    """Expressions that fail for two different sets of sample answers for a reason of type."""
    for spot in draft.spots:
        if isinstance(compiled(spot), Problem):
            continue
        problems = [_tried(spot, _Sample(draft, parameters, turn, _around(spot))) for turn in (0, 1)]
        if problems[0] is not None and problems[1] is not None and problems[0].code in _ALWAYS:
            yield replace(problems[0], place=str(spot.mark))


def _around(spot: Spot) -> tuple[str, ...]:
    return (spot.table,) if spot.table else ()


def _tried(spot: Spot, scope: _Sample) -> Problem | None:
    try:
        found = compile_expression(spot.source).evaluate(scope)
        if spot.use in _CONDITIONS:
            truth(found)
    except ExpressionError as error:
        return error.problems[0]
    return None
