"""Three thousand shareholders: opened, typed into and pasted, beside a bare table of the same size."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from chutdiao.app.ports import Business
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.table import TableField
from chutdiao.ui.pages.form import FormPage

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from shareholders import draft_with, person, spreadsheet

pytestmark = pytest.mark.bench
COUNT = 3000


@dataclass
class Took:
    """Milliseconds of this process's own work, and on the clock."""

    work: float
    clock: float


def took(work: Callable[[], object]) -> Took:
    start, busy = time.perf_counter(), time.process_time()
    work()
    QApplication.processEvents()
    return Took((time.process_time() - busy) * 1000, (time.perf_counter() - start) * 1000)


def middle(work: Callable[[int], object], times: int = 7) -> Took:
    found = [took(lambda n=n: work(n)) for n in range(times)]
    return Took(statistics.median(f.work for f in found), statistics.median(f.clock for f in found))


def say(what: str, ours: Took, bare: Took | None, budget: str) -> None:
    beside = f"; bare {bare.work:.1f} ms, ratio {ours.work / max(bare.work, 0.01):.1f}" if bare else ""
    print(f"\n{what}: {ours.work:.1f} ms of work, {ours.clock:.1f} on the clock{beside}; budget {budget}")


@pytest.fixture
def bare(qtbot) -> Iterator[tuple[QTableView, Took]]:
    view, model = QTableView(), QStandardItemModel(COUNT, 15)
    qtbot.addWidget(view)

    def fill() -> None:
        for row in range(COUNT):
            for column in range(15):
                model.setItem(row, column, QStandardItem(f"{row} {column}"))
        view.setModel(model)
        view.resize(900, 400)
        view.show()

    spent = took(fill)
    yield view, spent


@pytest.fixture
def page(qtbot, desk: Desk) -> FormPage:
    ws = desk.workspace
    ws.businesses.save(
        Business("many", "บริษัทสมมติ", "coffee-shop", {}, frozenset(), "2026-11-23T09:00:00+07:00")
    )
    ws.drafts.save(draft_with(ws.shelf.load("boj5"), "many", COUNT))
    made = FormPage(desk)
    qtbot.addWidget(made)
    made.resize(1064, 700)
    made.show()
    QApplication.processEvents()
    return made


def table(page: FormPage) -> TableField:
    page.show_section("shareholding")
    return page._panels["shareholding"].widgets["shareholders"]


def type_into(view: QTableView, row: int, column: int) -> Took:
    """The median of a dozen keys in one cell, from the press to the repaint."""
    view.scrollTo(view.model().index(row, column))
    view.setCurrentIndex(view.model().index(row, column))
    editors = view.findChildren(QLineEdit)
    if not editors:
        view.edit(view.model().index(row, column))
        QApplication.processEvents()
        editors = view.findChildren(QLineEdit)

    def press(_: int) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(editors[0], QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, "ก"))

    return middle(press, 12)


def test_open_type_and_check(page: FormPage, bare) -> None:
    bare_view, bare_open = bare
    opening = took(lambda: page.open(draft="many", place="shareholders"))
    say("open 3,000 shareholders", opening, bare_open, "3 × the bare table")
    field = table(page)
    columns = [column.id for column in field.model.columns]
    keys, bare_keys = type_into(field.view, 4, columns.index("occupation")), type_into(bare_view, 4, 5)
    say("a key in a cell", keys, bare_keys, "16 ms")

    def commit(column: str, value: Callable[[int], str], row: int = 5) -> Took:
        index = field.model.index(row, columns.index(column))
        return middle(lambda n: field.model.setData(index, value(n)))

    bare_commit = middle(lambda n: bare_view.model().setItem(5, 5, QStandardItem(f"ค้าขาย {n}")))
    say(
        "a cell given, saving included", commit("occupation", lambda n: f"ค้าขาย {n}"), bare_commit, "none set"
    )
    say(
        "a holder given, saving included",
        commit("holder", lambda n: person(9000 + n)),
        bare_commit,
        "none set",
    )
    say(
        "shares given in row 6: all below renumbered",
        commit("held", lambda n: str(1 + n % 2)),
        None,
        "none set",
    )
    assert field.model.rowCount() == COUNT


def test_paste(page: FormPage) -> None:
    page.open(draft="many", place="shareholders")
    page._answered("shareholders", [])
    field = table(page)
    say(
        "paste 3,000 rows",
        took(lambda: field.paste_text(spreadsheet(COUNT))),
        None,
        "a second, else it can be stopped",
    )
    assert field.model.rowCount() == COUNT
