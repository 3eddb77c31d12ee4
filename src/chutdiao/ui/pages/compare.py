"""The ways a business could take, side by side: steps, fees, days and the duties of a year."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QGridLayout, QWidget

from chutdiao.app.compare import choose_way, comparison_of
from chutdiao.domain.journey.comparison import Comparison
from chutdiao.domain.journey.comparison_words import ComparisonWords, WordRow, in_words, to_paper
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import PDF, Desk
from chutdiao.ui.page import Page
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    LinkButton,
    Muted,
    Rule,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    named,
    rows,
)

_BESIDE = 820  # narrower than this, the columns' cards stand below one another
_LABEL = 5  # of the width, beside 4 for each column
_COLUMN = 4


class ComparePage(Page):
    """A card for each way with its totals, then every step and every yearly duty in the same columns."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business = ""
        self._found: Comparison | None = None
        self._rows: list[tuple[bool, list[QWidget]]] = []
        outer = rows(self, 0)
        scroll = Scroll("compare.scroll")
        outer.addWidget(scroll)
        body = scroll.body
        head = Reflow(18)
        titles = rows(None, 2)
        self._title = Heading("compare.title", desk.tr("compare.title"))
        self._line = Muted("compare.line", desk.tr("compare.line"), small=False)
        titles.addWidget(self._title)
        titles.addWidget(self._line)
        head.add(titles, 1)
        back = LinkButton("compare.back", desk.tr("compare.back"))
        back.clicked.connect(self._go_back)
        self._print = SecondaryButton("compare.print", desk.tr("compare.print"))
        self._print.picture(desk.theme, "printer")
        self._print.clicked.connect(self._print_it)
        head.add(back)
        head.add(self._print)
        body.addLayout(head)
        self._only = QCheckBox(desk.tr("compare.only"))
        named(self._only, "compare.only", desk.tr("compare.only"))
        self._only.toggled.connect(self._filter)
        self._across = line(None, 14)
        body.addLayout(self._across)
        body.addWidget(self._only)
        self._parts = rows(None, 14)
        body.addLayout(self._parts)
        body.addWidget(Muted("compare.note", desk.tr("compare.note")))
        body.addStretch(1)
        desk.bus.changed.connect(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)

    def open(self, business: str = "", **_arguments: Any) -> None:
        self._business = business or self.desk.business
        self._read()

    @Slot(frozenset)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and "businesses" in kinds:
            self._read()

    def _read(self) -> None:
        if not self._business:
            self.go.emit("home", {})
            return
        workspace, business = self.desk.workspace, self._business
        self.desk.jobs.ask(lambda: comparison_of(workspace, business), self._show)

    def _show(self, found: Comparison) -> None:
        self._found = found
        words = in_words(found, self.desk.language)
        clear(self._across)
        clear(self._parts)
        self._rows = []
        for place, column in enumerate(found.columns):
            self._across.addWidget(self._card(words, place, column.way.id), 1)
        titles = {"steps": "compare.steps", "duties": "compare.duties"}
        for name, part in (("steps", words.steps), ("duties", words.duties)):
            title = self.desk.tr(titles[name], year=words.year)
            self._parts.addWidget(self._table(name, title, words.heads, part))
        self._filter()

    def _card(self, words: ComparisonWords, place: int, way: str) -> Card:
        desk, head = self.desk, words.heads[place]
        chosen = words.chosen[place]
        card = Card(f"compare.{way}", head, "now" if chosen else "true", gap=3)
        top = line(None, 8)
        top.addWidget(Heading(f"compare.{way}.title", head, 2), 1)
        if chosen:
            chip = Chip(f"compare.{way}.chosen", desk.tr("compare.chosen"), "info")
            top.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(top)
        for row in words.summary:
            card.body.addWidget(Muted(f"compare.{way}.{row.id}.label", row.label))
            value = ThaiLabel(f"compare.{way}.{row.id}", row.cells[place])
            value.setProperty("strong", True)
            value.setAccessibleName(f"{head} {row.label}: {row.cells[place]}")
            card.body.addWidget(value)
        card.body.addStretch(1)
        if not chosen:
            button = SecondaryButton(f"compare.{way}.choose", desk.tr("compare.choose"))
            button.setAccessibleName(f"{desk.tr('compare.choose')}: {head}")
            button.setProperty("way", way)
            button.clicked.connect(self._choose)
            card.body.addSpacing(6)
            card.body.addWidget(button)
        return card

    def _table(self, name: str, title: str, heads: Sequence[str], part: Sequence[WordRow]) -> Card:
        card = Card(f"compare.{name}", title, gap=8)
        card.body.addWidget(Heading(f"compare.{name}.title", title, 2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, _LABEL)
        for place, head in enumerate(heads, 1):
            grid.setColumnStretch(place, _COLUMN)
            grid.addWidget(Heading(f"compare.{name}.head.{place}", head, 3), 0, place)
        for number, row in enumerate(part, 1):
            self._rows.append((row.differs, self._row(grid, number, f"{name}.{row.id}", heads, row)))
        card.body.addLayout(grid)
        return card

    def _row(
        self, grid: QGridLayout, number: int, name: str, heads: Sequence[str], row: WordRow
    ) -> list[QWidget]:
        """One line of a table under its rule; where the ways differ its words are strong."""
        rule = Rule(f"compare.{name}.rule")
        grid.addWidget(rule, 2 * number - 1, 0, 1, len(heads) + 1)
        told = named(QWidget(), f"compare.{name}", row.label)
        column = rows(told, 0)
        label = ThaiLabel(f"compare.{name}.label", row.label)
        label.setProperty("strong", row.differs)
        column.addWidget(label)
        if row.note:
            column.addWidget(Muted(f"compare.{name}.note", row.note))
        column.addStretch(1)
        # Not by the grid's alignment: it would not ask how high a line is at the width it has.
        grid.addWidget(told, 2 * number, 0)
        made: list[QWidget] = [rule, told]
        for place, (head, text) in enumerate(zip(heads, row.cells, strict=True), 1):
            cell = ThaiLabel(f"compare.{name}.{place}", text)
            cell.setProperty("strong", row.differs)
            cell.setAccessibleName(f"{head}: {text}")
            cell.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cell, 2 * number, place)
            made.append(cell)
        return made

    @Slot()
    def _filter(self) -> None:
        only = self._only.isChecked()
        for differs, widgets in self._rows:
            for widget in widgets:
                widget.setVisible(differs or not only)

    @Slot()
    def _choose(self) -> None:
        way = str(self.sender().property("way"))
        workspace, business = self.desk.workspace, self._business
        self.desk.jobs.change(
            f"way:{business}", lambda: choose_way(workspace, business, way), self._way_chosen
        )

    def _way_chosen(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            texts = self.desk.workspace.texts
            self.desk.tell(texts.message(problems[0], self.desk.language), "bad")
            return
        self.desk.tell(self.desk.tr("compare.done"))
        self.desk.bus.changed.emit(frozenset({"businesses"}))

    @Slot()
    def _go_back(self) -> None:
        self.go.emit("roadmap", {"business": self._business})

    @Slot()
    def _print_it(self) -> None:
        if self._found is None:
            return
        workspace, language, found = self.desk.workspace, self.desk.language, self._found

        def draw() -> bytes:
            return workspace.printer.comparison(to_paper(found, language), language, workspace.practice)

        self.desk.save_as(self.desk.tr("compare.print"), "compare.pdf", draw, self._printed, PDF)

    def _printed(self, path: str) -> None:
        self.desk.tell(self.desk.tr("compare.printed", path=path))
        self.desk.asker.show_file(path)
