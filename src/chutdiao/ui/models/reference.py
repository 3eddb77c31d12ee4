"""Rows of a reference table found by what a person types."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from chutdiao.app.ports import ReferenceRow, ReferenceTables
from chutdiao.domain.text import Language

CODE = Qt.ItemDataRole.UserRole + 1


class ReferenceModel(QAbstractListModel):
    """The rows found last; each shows its code where people know it by code."""

    def __init__(self, tables: ReferenceTables, table: str, language: Language, coded: bool) -> None:
        super().__init__()
        self._tables, self._table, self._language, self._coded = tables, table, language, coded
        self._rows: list[ReferenceRow] = []

    def search(self, typed: str) -> int:
        """Find rows for typed text and return how many there are."""
        self.beginResetModel()
        self._rows = list(self._tables.find(self._table, typed, 20)) if typed.strip() else []
        self.endResetModel()
        return len(self._rows)

    def row_at(self, index: int) -> ReferenceRow | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def exact(self, typed: str) -> ReferenceRow | None:
        """The row whose code or whole label was typed."""
        return next((r for r in self._rows if typed in (r.code, self.text_of(r))), None)

    def text_of(self, row: ReferenceRow) -> str:
        label = row.label.to(self._language)
        return f"{row.code} {label}" if self._coded else label

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text_of(row)
        if role == CODE:
            return row.code
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.note.to(self._language) or None
        return None
