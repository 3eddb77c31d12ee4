"""Where an expression finds the values of its names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from chutdiao.domain.expression.values import ARITHMETIC, UNANSWERED, Value, fault, number
from chutdiao.domain.parameters import Parameters

T = TypeVar("T")


class Scope(Protocol):
    """One place to evaluate in: a whole form, or one row of a table with the form around it."""

    @property
    def today(self) -> date: ...

    @property
    def parameters(self) -> Parameters: ...

    def value(self, name: str) -> Value:
        """Return a name's value; raises ExpressionError where the name is not known."""

    def rows(self, table: str) -> Sequence["Scope"]:
        """Return a scope for each row; raises ExpressionError where there is no such table."""

    def row_number(self) -> int:
        """Return this row's number from 1; raises ExpressionError outside a table."""

    def sum_above(self, key: object, read: Callable[["Scope"], Value]) -> Decimal:
        """Sum over the rows above this one; ``key`` names the expression for sums kept."""

    def once(self, key: object, table: str, names: frozenset[str], work: Callable[[], T]) -> T:
        """Work a value over a table out, once an evaluation where no row of ours takes part in it."""


@dataclass(frozen=True, slots=True)
class FlatScope:
    """Names with values and no tables: journeys, decisions and print conditions."""

    values: Mapping[str, Value]
    today: date
    parameters: Parameters = field(default_factory=Parameters)
    known: frozenset[str] | None = None

    def value(self, name: str) -> Value:
        """Return a value; a name in ``known`` (none: any name) without one is unanswered."""
        found = self.values.get(name, UNANSWERED)
        if found is UNANSWERED and self.known is not None and name not in self.known:
            raise fault("unknown-name", name=name)
        return found

    def rows(self, table: str) -> Sequence[Scope]:
        raise fault("not-table", name=table)

    def row_number(self) -> int:
        raise fault("outside-row", name="row")

    def sum_above(self, key: object, read: Callable[[Scope], Value]) -> Decimal:  # noqa: ARG002
        raise fault("outside-row", name="before")

    def once(
        self,
        key: object,  # noqa: ARG002
        table: str,  # noqa: ARG002
        names: frozenset[str],  # noqa: ARG002
        work: Callable[[], T],
    ) -> T:
        """Work it out: there are no rows to keep it for."""
        return work()


class Within:
    """A scope inside another: all of that one, save what a kind of its own has."""

    __slots__ = ("around",)

    def __init__(self, around: Scope) -> None:
        self.around = around

    @property
    def today(self) -> date:
        return self.around.today

    @property
    def parameters(self) -> Parameters:
        return self.around.parameters

    def value(self, name: str) -> Value:
        return self.around.value(name)

    def rows(self, table: str) -> Sequence[Scope]:
        return self.around.rows(table)

    def row_number(self) -> int:
        return self.around.row_number()

    def sum_above(self, key: object, read: Callable[[Scope], Value]) -> Decimal:
        return self.around.sum_above(key, read)

    def once(self, key: object, table: str, names: frozenset[str], work: Callable[[], T]) -> T:  # noqa: ARG002
        """Work it out: what the scope around keeps would be of all its rows."""
        return work()


def total_of(scopes: Sequence[Scope], read: Callable[[Scope], Value]) -> list[Decimal]:
    """Return running totals, first 0, of what each row answers."""
    sums = [Decimal(0)]
    for scope in scopes:
        found = read(scope)
        sums.append(sums[-1] if found is UNANSWERED else ARITHMETIC.add(sums[-1], number(found)))
    return sums
