"""One section of a form as a card: its fields in order, short ones side by side."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from chutdiao.app.ports import FactValue
from chutdiao.domain.check import FieldState, FormState
from chutdiao.domain.form import Section
from chutdiao.ui.fields.factory import has_widget, widget_for
from chutdiao.ui.fields.frame import FieldWidget, reveal
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.fields.table import TableField
from chutdiao.ui.widgets import Heading, Muted, rows

# A screenful is made before a person looks; the rest while nothing else is to be done.
_AT_ONCE = 25
_AT_A_TIME = 25
_Told = tuple[FormState, Mapping[str, FactValue], Callable[[str], bool]]


class SectionPanel(QWidget):
    """Builds a section's widgets as they come into sight and afterwards only tells them their state."""

    answered = Signal(str, object)
    unsure_asked = Signal(str, bool)
    mend_asked = Signal(str, object)
    left = Signal(str)
    row_added = Signal(str)
    row_removed = Signal(str, str)
    rows_wanted = Signal(str)

    def __init__(self, section: Section, around: Surroundings) -> None:
        super().__init__()
        self.section = section
        self.setObjectName(f"panel.{section.id}")
        self.setAccessibleName(section.title.to(around.language()))
        column = rows(self, 12)
        column.addWidget(Heading(f"title.{section.id}", section.title.to(around.language()), 2))
        if section.help is not None:
            column.addWidget(Muted(f"help.{section.id}", section.help.to(around.language())))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._two_fit, self._narrow = around.theme.px(360), False
        self._laid: tuple[str, ...] | None = None
        self._row, self._beside = 0, False
        self._last_stop: QWidget | None = None
        self._around, self._room, self._visiting = around, _AT_ONCE, False
        self._told: _Told | None = None
        self._waiting = [field for field in section.fields if has_widget(field)]
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)
        self.widgets: dict[str, FieldWidget] = {}

    @property
    def whole(self) -> bool:
        """Whether every field has its widget."""
        return len(self.widgets) == len(self._waiting)

    def _make(self) -> list[str]:
        """Make the fields there is room for; returns what is new."""
        new = self._waiting[len(self.widgets) : self._room]
        for field in new:
            widget = widget_for(field, self._around)
            if widget is not None:
                self.widgets[field.id] = self._joined(widget)
                if self._visiting:
                    widget.visit()
        if not self.whole:
            self._later.start(0)
        return [field.id for field in new]

    @Slot()
    def _go_on(self) -> None:
        self._room += _AT_A_TIME
        if self._told is not None:
            self.show_state(*self._told, frozenset())

    def _joined(self, widget: FieldWidget) -> FieldWidget:
        widget.setParent(self)
        widget.problem_line.setParent(self)
        widget.hide()
        widget.answered.connect(self.answered)
        widget.unsure_asked.connect(self.unsure_asked)
        widget.mend_asked.connect(self.mend_asked)
        widget.left.connect(self.left)
        if isinstance(widget, TableField):
            widget.row_added.connect(self.row_added)
            widget.row_removed.connect(self.row_removed)
            widget.rows_wanted.connect(self.rows_wanted)
        return widget

    def show_state(
        self,
        state: FormState,
        origins: Mapping[str, FactValue],
        may_change: Callable[[str], bool],
        changed: frozenset[str] | None = None,
    ) -> None:
        """Show states; with ``changed`` only the fields whose place is among them."""
        self._told = (state, origins, may_change)
        new = self._make()
        self._lay_out(tuple(name for name in self.widgets if _shown(state.fields.get(name))))
        tops = None if changed is None else {*new, *(p.split("[")[0].split(".")[0] for p in changed)}
        for name, widget in self.widgets.items():
            held = state.fields.get(name)
            if held is None or not held.visible or (tops is not None and name not in tops):
                continue
            widget.show_state(held, origins.get(name), may_change(name))
            if isinstance(widget, TableField):
                widget.show_rows(state.fields, None if name in new else changed)

    def visit_all(self) -> None:
        """Say what is missing in every field from now on."""
        self._visiting = True
        for widget in self.widgets.values():
            widget.visit()

    def focus(self, place: str) -> QWidget | None:
        """Put the keyboard on a place of this section, or on its first field."""
        name = place.split("[")[0].split(".")[0]
        if name and name not in self.widgets and self._told is not None:
            self._room = len(self.section.fields)
            self.show_state(*self._told, frozenset())
        widget = self.widgets.get(name) or next(
            (self.widgets[n] for n in (self._laid or ()) if self.widgets[n].editor.isEnabled()), None
        )
        if widget is None:
            return None
        widget.focus_widget().setFocus()
        return widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._two_fit
        if narrow != self._narrow:
            self._narrow = narrow
            shown, self._laid = self._laid, None
            if shown is not None:
                self._lay_out(shown)

    def _lay_out(self, shown: tuple[str, ...]) -> None:
        if shown == self._laid:
            return
        known = self._laid or ()
        self._laid = shown
        if not known or shown[: len(known)] != known:
            known = ()
            self._row, self._beside, self._last_stop = 0, False, None
            # Not by takeAt: an item that lives on keeps the sizes of its widget from the new one.
            for widget in self.widgets.values():
                self._grid.removeWidget(widget)
                self._grid.removeWidget(widget.problem_line)
        for name, widget in self.widgets.items():
            if name not in shown:
                reveal(widget, False)
                widget.problem_line.show_problems(())
        for name in shown[len(known) :]:
            self._put(self.widgets[name])
        self._order(shown[len(known) :])

    def _put(self, widget: FieldWidget) -> None:
        """Put a widget into the next free place; two short ones share a row."""
        reveal(widget, True)
        if widget.wide or self._narrow:
            self._beside = False
            self._grid.addWidget(widget, self._row, 0, 1, 2)
            self._grid.addWidget(widget.problem_line, self._row + 1, 0, 1, 2)
            self._row += 2
        elif not self._beside:
            self._beside = True
            self._grid.addWidget(widget, self._row, 0)
            self._grid.addWidget(widget.problem_line, self._row + 1, 0, 1, 2)
            self._row += 3
        else:
            self._beside = False
            self._grid.addWidget(widget, self._row - 3, 1)
            self._grid.addWidget(widget.problem_line, self._row - 1, 0, 1, 2)

    def _order(self, names: Sequence[str]) -> None:
        stops = [w for name in names for w in _tab_stops(self.widgets[name])]
        chain = stops if self._last_stop is None else [self._last_stop, *stops]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)
        self._last_stop = chain[-1] if chain else None


def _shown(state: FieldState | None) -> bool:
    return state is not None and state.visible


def _tab_stops(widget: FieldWidget) -> list[QWidget]:
    window = widget.window()
    inside = [w for w in (widget.editor, *widget.editor.findChildren(QWidget)) if w.window() is window]
    stops = [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(w, QLabel)]
    return [*stops, widget.unsure_link]
