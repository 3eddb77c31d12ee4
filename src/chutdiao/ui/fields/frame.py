"""What every field widget shares: label, chips, hint, problems and the signal of an answer."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chutdiao.app.ports import FactValue
from chutdiao.domain.check import FieldState
from chutdiao.domain.dates import show_date
from chutdiao.domain.form import Field
from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.widgets import Chip, Heading, IconLabel, MendButton, Muted, ThaiLabel, clear, named, restyle

_SAYS_OPTIONAL = ("(ถ้ามี)", "if any", "if anything")


def reveal(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget; Qt does costly work even where nothing changes."""
    if widget.isHidden() is shown:
        widget.setVisible(shown)


class ProblemLine(QWidget):
    """The problems of one place in sentences, each with its mend where one is known."""

    mend_asked = Signal(str, object)  # a place and the answer to write there

    def __init__(self, name: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"problems.{name}")
        self._around, self._place = around, name
        self._shown: tuple[tuple[str, str], ...] = ()
        self._mends: dict[QPushButton, Problem] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.setVisible(False)

    def text(self) -> str:
        """Every sentence shown, one a line."""
        return "\n".join(sentence for sentence, _ in self._shown)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        if not problems and not self._shown:
            return
        now = tuple((self._around.sentence(p), repr(p.mend)) for p in problems)
        if now == self._shown:
            return
        self._shown = now
        self._mends.clear()
        clear(self._rows)
        for problem, (sentence, _) in zip(problems, now, strict=True):
            self._rows.addLayout(self._row(problem, sentence))
        reveal(self, bool(problems))
        self.setAccessibleName(self.text())

    def _row(self, problem: Problem, sentence: str) -> QHBoxLayout:
        tone = "bad" if problem.level is Level.STOP else "warn"
        colour = "bad" if problem.level is Level.STOP else "accent_ink"
        row = QHBoxLayout()
        row.setSpacing(12)
        sign = IconLabel(f"sign.{problem.code}", self._around.theme, "triangle-alert", colour)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        words = ThaiLabel(f"problem.{self._place}.{problem.code}", sentence)
        words.setProperty("tone", tone)
        words.setProperty("small", True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(words, 1)
        if problem.mend is not None:
            text = self._around.tr("form.mend")
            name = f"mend.{problem.place or self._place}"
            button = MendButton(name, text, f"{text}: {sentence}", compact=True)
            button.clicked.connect(self._mended)
            self._mends[button] = problem
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    @Slot()
    def _mended(self) -> None:
        problem = self._mends.get(self.sender())
        if problem is not None:
            self.mend_asked.emit(problem.place or self._place, problem.mend)


class FieldWidget(QWidget):
    """One question on screen. Subclasses build an editor, read it and put a value into it."""

    answered = Signal(str, object)  # place, value: the person gave this answer
    unsure_asked = Signal(str, bool)  # place, whether it is flagged *not sure yet*
    mend_asked = Signal(str, object)  # place, value of a mend button
    left = Signal(str)  # place: the person went on to something else

    wide = True

    def __init__(self, field: Field, place: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.place, self.around = field, place, around
        self.setObjectName(f"frame.{place}")
        self._last: Json | object = self
        self._own: tuple[Problem, ...] = ()
        self._given: tuple[Problem, ...] = ()
        self._state: FieldState | None = None
        self.problem_line = ProblemLine(place, around)
        self.problem_line.mend_asked.connect(self.mend_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.head = QWidget(self)
        self.head.setMinimumHeight(self.around.theme.px(26))
        flow = FlowLayout(self.head)
        asked = self.field.label.to(self.around.language())
        self.label = Heading(f"label.{self.place}", asked, 3)
        self.source_chip = Chip(f"source.{self.place}", "", "info")
        self.unverified_chip = Chip(f"unverified.{self.place}", self.around.tr("form.unverified"), "warn")
        self.unsure_chip = Chip(f"unsure-flag.{self.place}", self.around.tr("form.unsure"), "warn")
        self.unsure_link = named(QToolButton(), f"unsure.{self.place}", self.around.tr("form.not-sure"))
        self.unsure_link.setText(self.around.tr("form.not-sure"))
        self.unsure_link.setAutoRaise(True)
        self.unsure_link.clicked.connect(self._unsure_clicked)
        for widget in (
            self.label, self.source_chip, self.unverified_chip, self.unsure_chip, self.unsure_link,
        ):  # fmt: skip
            flow.addWidget(widget)
        self.unverified_chip.setVisible(not self.field.verified)
        self.unsure_chip.hide()
        self.source_chip.hide()
        self.unsure_link.hide()
        column.addWidget(self.head)
        self.editor = self.build()
        column.addWidget(self.editor)
        self.hint = Muted(f"hint.{self.place}")
        column.addWidget(self.hint)
        column.addStretch(1)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._name_editor()
        self.show_hint()

    def _name_editor(self) -> None:
        focus = self.focus_widget()
        if not focus.objectName():
            focus.setObjectName(f"field.{self.place}")
        if not focus.accessibleName():
            focus.setAccessibleName(self.label.said)
        self.label.setBuddy(focus)
        for part in (focus, *self.editor.findChildren(QWidget), self.unsure_link):
            part.installEventFilter(self)

    # what a kind of field says of itself

    def build(self) -> QWidget:
        """Make the editor."""
        raise NotImplementedError

    def read(self) -> Json:
        """The answer the editor holds now."""
        raise NotImplementedError

    def put(self, value: Json) -> None:
        """Show a value in the editor without saying that it was answered."""
        raise NotImplementedError

    def focus_widget(self) -> QWidget:
        """The part of the editor that takes the keyboard first."""
        return self.editor

    def hint_text(self) -> str:
        return self.field.help.to(self.around.language()) if self.field.help else ""

    def set_open(self, is_open: bool) -> None:
        """Let the answer be changed, or only be read."""
        self.editor.setEnabled(is_open)

    def mark_problem(self, bad: bool) -> None:
        restyle(self.focus_widget(), "state", "bad" if bad else "")

    # what happens to it

    def show_state(self, state: FieldState, origin: FactValue | None = None, is_open: bool = True) -> None:
        """Show value, label, chips and problems as the session says they are."""
        self._state = state
        label = state.label.to(self.around.language()) if not isinstance(state.label, str) else state.label
        said = state.required or state.computed or label.endswith(_SAYS_OPTIONAL)
        self.label.setText(label if said else label + self.around.tr("form.optional"))
        self.focus_widget().setAccessibleName(label)
        self.take_choices(state)
        if state.value != self._last:
            self._last = state.value
            self._own = ()
            self.put(state.value)
        self.set_open(is_open and not state.computed)
        self._show_origin(origin)
        reveal(self.unsure_chip, state.unsure)
        self._given = tuple(p for p in state.problems if p.code != "required" or self._visited)
        self._show_problems()
        self.show_hint()
        self._offer_unsure()

    def take_choices(self, state: FieldState) -> None:
        """Choices may come and go with other answers; kinds that have them look here."""

    _visited = False

    def visit(self) -> None:
        """From now on also say that a required answer is missing."""
        self._visited = True

    def answer(self, value: Json, own: tuple[Problem, ...] = ()) -> None:
        """Tell that the person gave this answer; ``own`` are problems of the typing itself."""
        self._own = own
        self._last = value
        self.answered.emit(self.place, value)
        self._show_problems()
        self.show_hint()

    def show_hint(self) -> None:
        text = self.hint_text()
        self.hint.say(text)
        reveal(self.hint, bool(text))

    def problems(self) -> tuple[Problem, ...]:
        codes = {p.code for p in self._own}
        return (*self._own, *(p for p in self._given if p.code not in codes))

    def _show_problems(self) -> None:
        problems = self.problems()
        self.problem_line.show_problems(problems)
        self.mark_problem(any(p.level is Level.STOP for p in problems))
        self.focus_widget().setAccessibleDescription(self.problem_line.text() or self.hint_text())

    def _show_origin(self, origin: FactValue | None) -> None:
        reveal(self.source_chip, origin is not None)
        if origin is None:
            return
        day = origin.source_date[:10]
        when = show_date(date.fromisoformat(day), self.around.language()) if day else ""
        self.source_chip.setText(f"{self.around.tr('form.source')} {when}".strip())
        told = self.around.tr(f"form.source.{origin.source}")
        self.source_chip.setToolTip(told)
        self.source_chip.setAccessibleName(f"{self.source_chip.text()} {told}")

    @Slot()
    def _unsure_clicked(self) -> None:
        self.unsure_asked.emit(self.place, not (self._state is not None and self._state.unsure))

    def _offer_unsure(self) -> None:
        state = self._state
        if state is None or state.computed:
            return
        empty = state.value in (None, "", [], {})
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        reveal(self.unsure_link, empty and inside and not state.unsure and self.editor.isEnabled())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._offer_unsure()
        elif event.type() == QEvent.Type.FocusOut:
            inside = QApplication.focusWidget()
            if inside is None or not self.isAncestorOf(inside):
                self._visited = True
                self.left.emit(self.place)
                if QApplication.activePopupWidget() is None:
                    self.unsure_link.hide()
        return super().eventFilter(watched, event)
