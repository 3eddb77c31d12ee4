"""Editors inside the cells of a table."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chutdiao.domain.form import FieldType
from chutdiao.ui.fields.reference import TableEdit
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.models.table_rows import RowsModel

_VALUE = Qt.ItemDataRole.UserRole


class CellDelegate(QStyledItemDelegate):
    """A list for choices, a finder for reference tables, a line for the rest."""

    def __init__(self, model: RowsModel, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._around = model, around

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:  # noqa: ARG002
        spec = self._model.columns[index.column()]
        state = self._model.state(index)
        if spec.type is FieldType.CHOICE:
            combo = QComboBox(parent)
            combo.addItem(self._around.tr("form.choose"), None)
            for choice in state.choices if state is not None and state.choices else spec.choices:
                combo.addItem(choice.label.to(self._around.language()) or choice.code, choice.code)
            combo.activated.connect(self._chosen)
            editor: QWidget = combo
        elif spec.type is FieldType.REFERENCE:
            editor = TableEdit(spec.table, self._around, parent)
        else:
            editor = QLineEdit(parent)
        editor.setObjectName(f"field.{self._model.place(index)}")
        editor.setAccessibleName(spec.label.to(self._around.language()))
        editor.setProperty("cell", "true")
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        value = index.data(_VALUE)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, TableEdit):
            editor.show_code(value if isinstance(value, str) else "")
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), _VALUE)
        elif isinstance(editor, TableEdit):
            model.setData(index, editor.code(), _VALUE)
        elif isinstance(editor, QLineEdit) and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, editor.text())

    @Slot()
    def _chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
