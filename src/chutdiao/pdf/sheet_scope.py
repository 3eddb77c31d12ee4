"""What an expression on one sheet sees: the form, but only the rows that stand on this sheet."""

from collections.abc import Mapping, Sequence

from chutdiao.domain.expression import Scope, Value, Within


class SheetScope(Within):
    """A form with some of one table's rows, and names of the sheet's own before the form's.

    So ``total(payees, tax)`` in the map of an attachment is the total of that sheet.
    """

    __slots__ = ("_own", "_rows", "_table")

    def __init__(self, around: Scope, own: Mapping[str, Value], table: str, rows: Sequence[Scope]) -> None:
        super().__init__(around)
        self._own = own
        self._table = table
        self._rows = rows

    def value(self, name: str) -> Value:
        return self._own[name] if name in self._own else self.around.value(name)

    def rows(self, table: str) -> Sequence[Scope]:
        return self._rows if table == self._table else self.around.rows(table)
