"""The one place to answer a question of the interview, by its type."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QWidget

from chutdiao.domain.form import Choice, Field, FieldType
from chutdiao.domain.journey.model import Question
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import LocalText
from chutdiao.domain.typed import read_typed, show_value
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.reference import TableEdit
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.widgets import Muted, ThaiLabel, line, named, rows

_WIDTHS = {"number": 190, "money": 260, "date": 260}


class AnswerBox(QWidget):
    """``value()`` is what to store, and the problem with it where there is one."""

    # Something was typed or chosen.
    changed = Signal()
    # Enter was pressed, or a choice made that is an answer by itself.
    given = Signal()

    def __init__(self, desk: Desk, question: Question, _value: Json, _choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self._desk, self._question = desk, question
        named(self, f"answer.{question.id}", desk.local(question.title))
        self.column = rows(self, 8)

    def value(self) -> tuple[Json, Problem | None]:
        """The answer as it is now; ``None`` while there is none."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the cursor where one answers."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit()
        else:
            super().keyPressEvent(event)


class LineBox(AnswerBox):
    """A number, an amount, a day or a few words."""

    def __init__(self, desk: Desk, question: Question, value: Json, choices: tuple[Choice, ...]) -> None:
        super().__init__(desk, question, value, choices)
        self._field = Field(
            id=question.id,
            type=FieldType(question.type),
            label=question.title,
            whole=question.whole,
            unit=question.unit if question.unit.th else None,
        )
        self.edit = named(QLineEdit(), f"answer.{question.id}.line", desk.local(question.title))
        self.edit.setProperty("big", True)
        if isinstance(value, str | int):
            self.edit.setText(show_value(self._field, value, desk.language, lambda _table, code: code))
        if question.type == "date":
            self.edit.setPlaceholderText(desk.tr("interview.date.example"))
        row = line(None, 10)
        if question.type in _WIDTHS:
            self.edit.setFixedWidth(desk.theme.px(_WIDTHS[question.type]))
        row.addWidget(self.edit)
        if question.unit.th:
            unit = ThaiLabel(f"answer.{question.id}.unit", desk.local(question.unit), wrap=False)
            unit.setProperty("unit", True)
            row.addWidget(unit)
        if question.type in _WIDTHS:
            row.addStretch(1)
        self.column.addLayout(row)
        self._read_as = Muted(f"answer.{question.id}.read-as")
        self._read_as.hide()
        self.column.addWidget(self._read_as)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self.given)

    def value(self) -> tuple[Json, Problem | None]:
        text = self.edit.text().strip()
        if not text:
            return None, None
        return read_typed(self._field, text, self._desk.today())

    def take_focus(self) -> None:
        self.edit.setFocus()
        self.edit.selectAll()

    @Slot()
    def _edited(self) -> None:
        if self._question.type == "date":
            value, problem = self.value()
            said = ""
            if problem is None and value is not None:
                said = show_value(self._field, value, self._desk.language, lambda _table, code: code)
            self._read_as.say(said)
            self._read_as.setVisible(bool(said))
        self.changed.emit()


class ReferenceBox(AnswerBox):
    """One row of a table, found while typing."""

    def __init__(self, desk: Desk, question: Question, value: Json, choices: tuple[Choice, ...]) -> None:
        super().__init__(desk, question, value, choices)
        self.edit = TableEdit(question.table, Surroundings(desk, ""))
        named(self.edit, f"answer.{question.id}.line", desk.local(question.title))
        self.edit.setPlaceholderText(desk.tr("interview.search"))
        self.edit.setProperty("big", True)
        if isinstance(value, str) and value:
            self.edit.show_code(value)
        self.column.addWidget(self.edit)
        self.edit.picked.connect(self._picked)
        self.edit.returnPressed.connect(self.given)

    def value(self) -> tuple[Json, Problem | None]:
        code = self.edit.code()
        if not code:
            return None, None
        if self._desk.workspace.tables.row(self._question.table, code) is None:
            return code, Problem("interview.choose-row", values={"value": code})
        return code, None

    def take_focus(self) -> None:
        self.edit.setFocus()
        self.edit.selectAll()

    @Slot(object)
    def _picked(self, _row: object) -> None:
        self.changed.emit()


class ChoiceBox(AnswerBox):
    """One of a few; also yes and no."""

    def __init__(self, desk: Desk, question: Question, value: Json, choices: tuple[Choice, ...]) -> None:
        super().__init__(desk, question, value, choices)
        if question.type == "yes-no":
            choices = tuple(Choice(c, LocalText.of(desk.tr(f"interview.{c}"))) for c in ("yes", "no"))
            value = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        self.group = QButtonGroup(self)
        for choice in choices:
            text = desk.local(choice.label)
            spoken = f"{desk.local(question.title)}: {text}"
            tile = named(QRadioButton(text), f"answer.{question.id}.{choice.code}", spoken)
            tile.setProperty("tile", True)
            tile.setProperty("code", choice.code)
            tile.setChecked(choice.code == value)
            self.group.addButton(tile)
            self.column.addWidget(tile)
        self.group.buttonClicked.connect(self._clicked)

    def value(self) -> tuple[Json, Problem | None]:
        chosen = self.group.checkedButton()
        return (None if chosen is None else str(chosen.property("code"))), None

    def take_focus(self) -> None:
        buttons = self.group.buttons()
        chosen = self.group.checkedButton() or (buttons[0] if buttons else None)
        if chosen is not None:
            chosen.setFocus()

    @Slot()
    def _clicked(self) -> None:
        self.changed.emit()


class ChoicesBox(AnswerBox):
    """Any of a few; none is an answer too."""

    def __init__(self, desk: Desk, question: Question, value: Json, choices: tuple[Choice, ...]) -> None:
        super().__init__(desk, question, value, choices)
        held = value if isinstance(value, list) else []
        self.boxes: list[QCheckBox] = []
        for choice in choices:
            text = desk.local(choice.label)
            spoken = f"{desk.local(question.title)}: {text}"
            box = named(QCheckBox(text), f"answer.{question.id}.{choice.code}", spoken)
            box.setProperty("tile", True)
            box.setProperty("code", choice.code)
            box.setChecked(choice.code in held)
            box.clicked.connect(self._clicked)
            self.boxes.append(box)
            self.column.addWidget(box)

    def value(self) -> tuple[Json, Problem | None]:
        return [str(box.property("code")) for box in self.boxes if box.isChecked()], None

    def take_focus(self) -> None:
        if self.boxes:
            self.boxes[0].setFocus()

    @Slot()
    def _clicked(self) -> None:
        self.changed.emit()


_BOXES: dict[str, type[AnswerBox]] = {
    "choice": ChoiceBox,
    "yes-no": ChoiceBox,
    "choices": ChoicesBox,
    "reference": ReferenceBox,
}


def answer_box(desk: Desk, question: Question, value: Json, choices: tuple[Choice, ...] = ()) -> AnswerBox:
    """The box for a question's type; ``choices`` are those shown now."""
    return _BOXES.get(question.type, LineBox)(desk, question, value, choices or question.choices)
