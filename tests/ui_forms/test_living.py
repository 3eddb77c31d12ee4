"""Pages under real threads, by keyboard, and gone without a trace."""

import gc
import weakref
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from chutdiao.domain.submission import DraftState
from chutdiao.ui.jobs import ThreadJobs
from chutdiao.ui.pages.form import FormPage


def _type(page: FormPage, name: str, text: str) -> None:
    edit = page.findChild(QWidget, f"field.{name}")
    edit.setText(text)
    edit.textEdited.emit(text)


def test_typing_rests_less_than_a_second_before_it_is_written(desk, draft, ws, qtbot):
    jobs = ThreadJobs()
    desk.jobs = jobs
    page = FormPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open(draft=draft.id, place="premises_name")
    qtbot.waitUntil(lambda: page._opened is not None, timeout=3000)
    jobs.flush()
    for end in range(1, 6):
        _type(page, "premises_name", "ร้านกาแฟ"[:end])
    qtbot.waitUntil(lambda: ws.drafts.get(draft.id).answers.get("premises_name") == "ร้านก", timeout=1000)
    jobs.flush()


def test_leaving_writes_at_once(desk, draft, ws, qtbot):
    jobs = ThreadJobs()
    desk.jobs = jobs
    page = FormPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open(draft=draft.id, place="premises_name")
    qtbot.waitUntil(lambda: page._opened is not None, timeout=3000)
    _type(page, "premises_name", "ร้าน")
    page.leave()
    jobs.flush()
    assert ws.drafts.get(draft.id).answers["premises_name"] == "ร้าน"


def test_tab_walks_the_fields_in_order(desk, draft, qtbot):
    page = FormPage(desk)
    qtbot.addWidget(page)
    page.resize(1064, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.open(draft=draft.id, place="premises_name")
    page.findChild(QWidget, "field.premises_name").setFocus()
    seen = []
    for _ in range(30):
        page.focusNextChild()
        seen.append(QApplication.focusWidget().objectName())
    wanted = [n for n in seen if n.startswith("field.address.")]
    assert wanted[:3] == ["field.address.building", "field.address.room", "field.address.floor"]


def test_a_sent_draft_is_only_read(desk, draft, ws, qtbot):
    ws.drafts.save(replace(draft, state=DraftState.LOCKED))
    page = FormPage(desk)
    qtbot.addWidget(page)
    page.open(draft=draft.id, place="premises_name")
    assert page.findChild(QWidget, "field.premises_name").isReadOnly()


def test_a_file_may_be_dropped(desk, draft, ws, qtbot):
    from chutdiao.paths import resources_dir

    ws.drafts.save(replace(draft, answers={"place_right": "rent", "kind": "natural", "filed_by": "self"}))
    page = FormPage(desk)
    qtbot.addWidget(page)
    page.open(draft=draft.id, place="map_document")
    field = page._panels["documents"].widgets["map_document"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(resources_dir() / "samples" / "map.pdf"))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    field.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert ws.drafts.get(draft.id).answers["map_document"][0]["name"] == "map.pdf"


def test_a_closed_page_is_gone(desk, draft, qapp):
    ghosts = []
    for _ in range(5):
        page = FormPage(desk)
        page.open(draft=draft.id)
        ghosts.append(weakref.ref(page))
        shiboken6.delete(page)
        del page
    gc.collect()
    desk.bus.changed.emit(frozenset({"drafts", "outbox", "cases"}))
    assert sum(ghost() is not None for ghost in ghosts) == 0
