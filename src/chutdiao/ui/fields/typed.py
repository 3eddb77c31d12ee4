"""Answers that are typed into one line or a few: text, money, numbers, dates, ids, phone, email."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from chutdiao.domain.money import baht_text
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import clean
from chutdiao.domain.typed import read_typed, show_value
from chutdiao.ui.fields.frame import FieldWidget

_SETTLE_MS = 700


class TypedField(FieldWidget):
    """A line edit whose text the domain reads; a half-typed answer is not scolded at once."""

    def build(self) -> QWidget:
        self.edit = QLineEdit(self)
        self.edit.setObjectName(f"field.{self.place}")
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._finished)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._say_own)
        self._reading: tuple[Problem, ...] = ()
        return self.edit

    def read(self) -> Json:
        return self._read()[0]

    def put(self, value: Json) -> None:
        self.edit.setText(self.shown(value))
        self.edit.setCursorPosition(0)
        # A mend is known only from the typing, so what lies there unread is read again.
        _, problem = self._read() if isinstance(value, str) else (None, None)
        self._reading = self._own = (self._here(problem),) if problem else ()

    def shown(self, value: Json) -> str:
        if value is None:
            return ""
        return show_value(self.field, value, self.around.language(), self.around.label_of)

    def set_open(self, is_open: bool) -> None:
        self.edit.setReadOnly(not is_open)

    def _read(self) -> tuple[Json, Problem | None]:
        text = self.edit.text()
        if not text.strip():
            return None, None
        value, problem = read_typed(self.field, text, self.around.today())
        # What cannot be read is kept as it was typed: a power cut must not lose it.
        return (clean(text) if value is None else value), problem

    @Slot()
    def _typed(self) -> None:
        value, problem = self._read()
        self._reading = (self._here(problem),) if problem else ()
        own = self._reading if self._own else ()
        self.answer(value, own)
        self._settled.start()

    def _here(self, problem: Problem) -> Problem:
        return Problem(
            problem.code, self.place, problem.values, problem.level, problem.say, problem.law, problem.mend
        )

    @Slot()
    def _say_own(self) -> None:
        self._own = self._reading
        self._show_problems()

    @Slot()
    def _finished(self) -> None:
        self._settled.stop()
        value, problem = self._read()
        self._reading = (self._here(problem),) if problem else ()
        self._say_own()
        if problem is None and value is not None:
            self.edit.setText(self.shown(value))

    def problems(self) -> tuple[Problem, ...]:
        """While a person types, only what was already said or has settled is shown."""
        if self._settled.isActive() and not self._own:
            return ()
        return self._own or super().problems()


class TextField(TypedField):
    """A short text."""


class LongTextField(FieldWidget):
    """A text of several lines; Tab goes on to the next field."""

    def build(self) -> QWidget:
        self.edit = QPlainTextEdit(self)
        self.edit.setObjectName(f"field.{self.place}")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(96)
        self.edit.textChanged.connect(self._typed)
        return self.edit

    def read(self) -> Json:
        text = self.edit.toPlainText()
        return "\n".join(clean(line) for line in text.split("\n")).strip() or None

    def put(self, value: Json) -> None:
        self.edit.blockSignals(True)
        self.edit.setPlainText(value if isinstance(value, str) else "")
        self.edit.blockSignals(False)

    def set_open(self, is_open: bool) -> None:
        self.edit.setReadOnly(not is_open)

    @Slot()
    def _typed(self) -> None:
        self.answer(self.read())


class NarrowField(TypedField):
    """A short typed answer of which two fit side by side."""

    wide = False


class MoneyField(NarrowField):
    """An amount, with its words below."""

    def hint_text(self) -> str:
        value = self._last
        if isinstance(value, str):
            try:
                return baht_text(Decimal(value)) if self.around.language() == "th" else ""
            except (InvalidOperation, ValueError):
                return super().hint_text()
        return super().hint_text()


class NumberField(NarrowField):
    """A number, with its unit in the hint."""

    def hint_text(self) -> str:
        unit = self.field.unit.to(self.around.language()) if self.field.unit else ""
        return " · ".join(part for part in (unit, super().hint_text()) if part)


class DateField(NarrowField):
    """A day, typed as people write it and shown in the Buddhist Era."""

    def build(self) -> QWidget:
        edit = super().build()
        self.edit.setPlaceholderText(self.around.tr("form.date.example"))
        return edit


class IdentityField(NarrowField):
    """A person's or a company's number."""


class BranchField(NarrowField):
    """A branch number."""


class PhoneField(NarrowField):
    """A telephone number."""


class EmailField(NarrowField):
    """An email address."""
