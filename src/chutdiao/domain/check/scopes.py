"""A form's values and its rows as scopes, with sums and totals kept for one evaluation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from chutdiao.domain.check.state import Context
from chutdiao.domain.expression import UNANSWERED, Scope, Value, Within
from chutdiao.domain.expression.scope import total_of
from chutdiao.domain.expression.values import fault
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json

T = TypeVar("T")
Read = Callable[[Scope], Value]


class FormScope:
    """The values of a whole form; a hidden table has no rows."""

    __slots__ = ("_context", "columns", "kept", "row_scopes", "sums", "values")

    def __init__(self, context: Context, columns: Mapping[str, frozenset[str]]) -> None:
        self._context = context
        self.columns = columns
        self.values: dict[str, Value] = {}
        self.row_scopes: dict[str, list[RowScope]] = {}
        self.sums: dict[tuple[object, str], list[Decimal]] = {}
        self.kept: dict[object, Value] = {}

    @property
    def today(self) -> date:
        return self._context.today

    @property
    def parameters(self) -> Parameters:
        return self._context.parameters

    def value(self, name: str) -> Value:
        try:
            return self.values[name]
        except KeyError:
            raise fault("unknown-name", name=name) from None

    def rows(self, table: str) -> Sequence[Scope]:
        if table not in self.columns:
            raise fault("not-table", name=table)
        if self.values[table] is UNANSWERED:
            return ()
        return self.row_scopes[table]

    def row_number(self) -> int:
        raise fault("outside-row", name="row")

    def sum_above(self, key: object, read: Read) -> Decimal:  # noqa: ARG002
        raise fault("outside-row", name="before")

    def once(self, key: object, table: str, names: frozenset[str], work: Callable[[], T]) -> T:  # noqa: ARG002
        if key not in self.kept:
            self.kept[key] = work()  # type: ignore[assignment]
        return self.kept[key]  # type: ignore[return-value]

    def running(self, key: object, table: str, read: Read) -> list[Decimal]:
        """Return the running sums of an expression over a table, worked out once."""
        kept = self.sums.get((key, table))
        if kept is None:
            kept = self.sums[key, table] = total_of(self.row_scopes[table], read)
        return kept

    def forget(self) -> None:
        """Drop sums and totals before something changes."""
        self.sums.clear()
        self.kept.clear()


class RowScope:
    """One row: its columns first, then the form around it."""

    __slots__ = ("cells", "form", "hidden", "id", "number", "raw", "table")

    def __init__(
        self, form: FormScope, table: str, row_id: str, number: int, raw: Mapping[str, Json]
    ) -> None:
        self.form = form
        self.table = table
        self.id = row_id
        self.number = number
        self.raw = raw
        self.cells: dict[str, Value] = dict.fromkeys(form.columns[table], UNANSWERED)
        self.hidden: set[str] = set()

    @property
    def today(self) -> date:
        return self.form.today

    @property
    def parameters(self) -> Parameters:
        return self.form.parameters

    def value(self, name: str) -> Value:
        cells = self.cells
        return cells[name] if name in cells else self.form.value(name)

    def rows(self, table: str) -> Sequence[Scope]:
        return [_Beside(row, self) for row in self.form.rows(table)]

    def row_number(self) -> int:
        return self.number

    def sum_above(self, key: object, read: Read) -> Decimal:
        return self.form.running(key, self.table, read)[self.number - 1]

    def once(self, key: object, table: str, names: frozenset[str], work: Callable[[], T]) -> T:
        """Keep the work unless a column of this row takes part in it."""
        if (names - self.form.columns.get(table, frozenset())) & self.cells.keys():
            return work()
        return self.form.once(key, table, names, work)


class _Beside(Within):
    """A row read from inside another row: its own columns, then those of the row around it."""

    __slots__ = ("_row",)

    def __init__(self, row: Scope, around: Scope) -> None:
        super().__init__(around)
        self._row = row

    def value(self, name: str) -> Value:
        cells = getattr(self._row, "cells", {})
        return cells[name] if name in cells else self.around.value(name)

    def rows(self, table: str) -> Sequence[Scope]:
        return [_Beside(row, self) for row in self.around.rows(table)]

    def row_number(self) -> int:
        return self._row.row_number()

    def sum_above(self, key: object, read: Read) -> Decimal:
        return self._row.sum_above(key, read)
