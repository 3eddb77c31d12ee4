"""The rows of a table answer as an item model; what is edited goes out as a place and a value."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from chutdiao.domain.check import FieldState
from chutdiao.domain.form import Field, FieldType
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import clean
from chutdiao.domain.typed import read_typed, show_value
from chutdiao.ui.fields.surroundings import Surroundings

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def cell_place(table: str, row: str, column: str) -> str:
    """The answer path of one cell."""
    return f"{table}[{row}].{column}"


class RowsModel(QAbstractTableModel):
    """Rows and the state of each cell; holds no rule, only what the session said last."""

    edited = Signal(str, object)  # place of a cell and its new value

    def __init__(self, field: Field, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._field, self._around = field, around
        self.columns = tuple(c for c in field.columns if c.type is not FieldType.SIGNATURE)
        self._rows: list[Mapping[str, Json]] = []
        self._states: Mapping[str, FieldState] = {}
        self._numbers: dict[str, int] = {}
        self._columns = {spec.id: place for place, spec in enumerate(self.columns)}
        # Only the cells that are wrong, by row and column; a table may have many thousands that are not.
        self._wrong: dict[tuple[int, int], tuple[Problem, ...]] = {}
        self.open = True

    def load(
        self,
        rows: Sequence[Mapping[str, Json]],
        states: Mapping[str, FieldState],
        changed: frozenset[str] | None = None,
    ) -> None:
        """Take rows and states; with ``changed`` only the cells among those places are looked at again.

        The view keeps its selection when the rows are the same ones.
        """
        self._states = states
        if changed is not None and self._field.id not in changed and len(rows) == len(self._rows):
            # Cells changed in place: the rows are those that are here.
            self._rows = list(rows)
            self._tell(*self._look_at(changed))
            return
        numbers = {str(row.get("_row")): place for place, row in enumerate(rows)}
        if numbers != self._numbers or len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows, self._numbers = list(rows), numbers
            self._wrong = {}
            self._look_at(place for place, state in states.items() if state.problems)
            self.endResetModel()
            return
        self._rows = list(rows)
        self._tell(*self._look_at(states if changed is None else changed))

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _look_at(self, places: Iterable[str]) -> tuple[int, int]:
        """Note what is wrong in those of the places that are cells here; the first and last of their rows."""
        start, found, first, last = f"{self._field.id}[", self._wrong, len(self._rows), -1
        for place in places:
            if not place.startswith(start):
                continue
            row_id, _, rest = place[len(start) :].partition("].")
            row, column = self._numbers.get(row_id, -1), self._columns.get(rest.partition(".")[0], -1)
            if row < 0 or column < 0:
                continue
            first, last = min(first, row), max(last, row)
            state = self._states.get(cell_place(self._field.id, row_id, self.columns[column].id))
            if state is not None and state.problems:
                found[(row, column)] = tuple(state.problems)
            else:
                found.pop((row, column), None)
        return first, last

    def row_id(self, index: int) -> str:
        return str(self._rows[index].get("_row", "")) if 0 <= index < len(self._rows) else ""

    def place(self, index: QModelIndex) -> str:
        return cell_place(self._field.id, self.row_id(index.row()), self.columns[index.column()].id)

    def state(self, index: QModelIndex) -> FieldState | None:
        return self._states.get(self.place(index))

    def value(self, index: QModelIndex) -> Json:
        state = self.state(index)
        if state is not None:
            return state.value
        return self._rows[index.row()].get(self.columns[index.column()].id)

    def problems(self, index: QModelIndex) -> tuple[Problem, ...]:
        state = self.state(index)
        return tuple(state.problems) if state is not None else ()

    def all_problems(self) -> list[tuple[int, Field, Problem]]:
        """Every cell's problems with the row number and column they stand in, in order."""
        return [
            (row + 1, self.columns[column], problem)
            for (row, column), problems in sorted(self._wrong.items(), key=lambda item: item[0])
            for problem in problems
        ]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.columns[section].label.to(self._around.language()) or self.columns[section].id
        return str(section + 1)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        state = self.state(index)
        shut = state is not None and (state.computed or not state.visible)
        return flags if shut or not self.open else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spec = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(spec, self.value(index), index)
        if role == Qt.ItemDataRole.UserRole:
            return self.value(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if spec.type in (FieldType.MONEY, FieldType.NUMBER) else _LEFT
        if role == Qt.ItemDataRole.BackgroundRole and self.problems(index):
            return QColor(self._around.theme.colour("bad_soft"))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return "\n".join(self._around.sentence(p) for p in self.problems(index)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = spec.label.to(self._around.language())
            return f"{told}: {self._text(spec, self.value(index), index)}"
        return None

    def _text(self, spec: Field, value: Json, index: QModelIndex) -> str:
        state = self.state(index)
        if value is None or (state is not None and not state.visible):
            return ""
        language = self._around.language()
        if spec.type is FieldType.CHOICE:
            choice = next((c for c in spec.choices if c.code == value), None)
            return (choice.label.to(language) or choice.code) if choice else str(value)
        return show_value(spec, value, language, self._around.label_of)

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a cell's text, or with the user role its finished value."""
        if role == Qt.ItemDataRole.UserRole:
            self.edited.emit(self.place(index), value)
            return True
        text = str(value)
        if not text.strip():
            self.edited.emit(self.place(index), None)
            return True
        read, _ = read_typed(self.columns[index.column()], text, self._around.today())
        # What cannot be read stays as typed; the session says what is wrong with it.
        self.edited.emit(self.place(index), clean(text) if read is None else read)
        return True
