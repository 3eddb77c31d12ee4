"""One answer among a few, and several among a few."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QWidget,
)

from chutdiao.domain.check import FieldState
from chutdiao.domain.form import Choice
from chutdiao.domain.problem import Json
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.fields.frame import FieldWidget

RADIO_MOST = 5
_LEAST = 60


def wrapped(text: str, metrics: QFontMetrics, room: int) -> str:
    """Text in lines no wider than ``room``, broken between words."""
    if room < _LEAST or metrics.horizontalAdvance(text) <= room:
        return text
    from chutdiao.app.segment import words

    lines, line = [], ""
    for word in words(text):
        if line and metrics.horizontalAdvance(line + word) > room:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return "\n".join([*lines, line])


class RadioField(FieldWidget):
    """A handful of choices, all seen at once; Delete takes the answer back."""

    def build(self) -> QWidget:
        box = QWidget(self)
        box.setObjectName(f"field.{self.place}")
        self._flow = FlowLayout(box, 22, 6)
        self._group = QButtonGroup(box)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._picked)
        self._buttons: dict[str, QAbstractButton] = {}
        self._fill(self.field.choices)
        return box

    def _fill(self, choices: tuple[Choice, ...]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons, self._texts = {}, {}
        language = self.around.language()
        for choice in choices:
            text = choice.label.to(language) or choice.code
            button = self.make_button(text)
            button.setObjectName(f"choice.{self.place}.{choice.code}")
            button.setAccessibleName(text)
            button.setMinimumWidth(_LEAST)
            self._texts[choice.code] = text
            button.installEventFilter(self)
            self._buttons[choice.code] = button
            self._flow.addWidget(button)
            self._join(button)
            button.show()
        self._codes = tuple(self._buttons)
        self._wrap()

    def make_button(self, text: str) -> QAbstractButton:
        return QRadioButton(text, self)

    def _join(self, button: QAbstractButton) -> None:
        self._group.addButton(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # Not now: the layouts around are at work and would not hear of another height.
            QTimer.singleShot(0, self, self._wrap)

    def _wrap(self) -> None:
        """Break labels that are wider than the field; buttons do not do it themselves."""
        room = self.width() - self.around.theme.px(46)
        for code, button in self._buttons.items():
            text = wrapped(self._texts[code], button.fontMetrics(), room)
            if button.text() != text:
                button.setText(text)

    def take_choices(self, state: FieldState) -> None:
        codes = tuple(choice.code for choice in state.choices)
        if state.choices and codes != self._codes:
            self._fill(state.choices)
            self.put(state.value)

    def focus_widget(self) -> QWidget:
        return next(iter(self._buttons.values()), self.editor) if self._buttons else self.editor

    def _name_editor(self) -> None:
        super()._name_editor()
        self.editor.setAccessibleName(self.label.said)

    def show_state(self, state: FieldState, *rest: object, **more: object) -> None:
        super().show_state(state, *rest, **more)
        self.editor.setAccessibleName(self.label.said)
        for code, button in self._buttons.items():
            button.setAccessibleName(f"{self.label.said}: {self._texts[code]}")

    def read(self) -> Json:
        return next((code for code, b in self._buttons.items() if b.isChecked()), None)

    def put(self, value: Json) -> None:
        self._group.setExclusive(False)
        for code, button in self._buttons.items():
            button.setChecked(code == value)
        self._group.setExclusive(True)

    def mark_problem(self, bad: bool) -> None:
        """The sentence below says it; a whole group has no border."""

    @Slot()
    def _picked(self) -> None:
        self.answer(self.read())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.editor.isEnabled():
            self.put(None)
            self.answer(None)
            return
        super().keyPressEvent(event)


class ChoicesField(RadioField):
    """Several choices may hold; the answer lists their codes in the form's order."""

    def make_button(self, text: str) -> QAbstractButton:
        return QCheckBox(text, self)

    def _join(self, button: QAbstractButton) -> None:
        button.clicked.connect(self._picked)

    def read(self) -> Json:
        return [code for code, b in self._buttons.items() if b.isChecked()] or None

    def put(self, value: Json) -> None:
        chosen = value if isinstance(value, list) else []
        for code, button in self._buttons.items():
            button.setChecked(code in chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        QWidget.keyPressEvent(self, event)


_COMBO_LETTERS, _LONG_LABEL = 12, 24


class ComboField(FieldWidget):
    """One answer among many."""

    wide = False

    def build(self) -> QWidget:
        self.combo = QComboBox(self)
        self.combo.setObjectName(f"field.{self.place}")
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A long label would push the whole card wider than its room.
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(_COMBO_LETTERS)
        self.combo.activated.connect(self._picked)
        self._codes: tuple[str, ...] = ()
        self._fill(self.field.choices)
        language = self.around.language()
        self.wide = any(len(choice.label.to(language)) > _LONG_LABEL for choice in self.field.choices)
        return self.combo

    def _fill(self, choices: tuple[Choice, ...]) -> None:
        self.combo.clear()
        self.combo.addItem(self.around.tr("form.choose"), None)
        for choice in choices:
            self.combo.addItem(choice.label.to(self.around.language()) or choice.code, choice.code)
        self._codes = tuple(choice.code for choice in choices)

    def take_choices(self, state: FieldState) -> None:
        codes = tuple(choice.code for choice in state.choices)
        if state.choices and codes != self._codes:
            self._fill(state.choices)
            self.put(state.value)

    def read(self) -> Json:
        return self.combo.currentData()

    def put(self, value: Json) -> None:
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)))

    @Slot()
    def _picked(self) -> None:
        self.answer(self.read())
