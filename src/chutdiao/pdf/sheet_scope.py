"""What an expression on one sheet sees: the form, but only the rows that stand on this sheet."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from chutdiao.domain.expression import Scope, Value
from chutdiao.domain.parameters import Parameters

T = TypeVar("T")


class SheetScope:
    """A form with some of one table's rows, and names of the sheet's own before the form's.

    So ``total(payees, tax)`` in the map of an attachment is the total of that sheet.
    """

    def __init__(self, around: Scope, own: Mapping[str, Value], table: str, rows: Sequence[Scope]) -> None:
        self._around = around
        self._own = own
        self._table = table
        self._rows = rows

    @property
    def today(self) -> date:
        return self._around.today

    @property
    def parameters(self) -> Parameters:
        return self._around.parameters

    def value(self, name: str) -> Value:
        return self._own[name] if name in self._own else self._around.value(name)

    def rows(self, table: str) -> Sequence[Scope]:
        return self._rows if table == self._table else self._around.rows(table)

    def row_number(self) -> int:
        return self._around.row_number()

    def sum_above(self, key: object, read: Callable[[Scope], Value]) -> Decimal:
        return self._around.sum_above(key, read)

    def once(self, key: object, table: str, names: frozenset[str], work: Callable[[], T]) -> T:  # noqa: ARG002
        """Work it out: what is kept for the whole form would be of all its rows."""
        return work()
