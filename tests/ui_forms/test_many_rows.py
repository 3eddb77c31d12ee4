"""Hundreds of shareholders pasted, typed into and checked: nothing lost, nothing looked at twice."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import DraftState
from chutdiao.ui.fields.table import TableField
from chutdiao.ui.jobs import ThreadJobs
from chutdiao.ui.pages.form import FormPage

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from shareholders import answers_with, draft_with, person, spreadsheet

COUNT = 400


@pytest.fixture
def boj5(ws, business):
    draft = draft_with(ws.shelf.load("boj5"), business.id, 3)
    ws.drafts.save(replace(draft, answers={k: v for k, v in draft.answers.items() if k != "shareholders"}))
    return draft.id


def table_of(page: FormPage) -> TableField:
    page.show_section("shareholding")
    return page._panels["shareholding"].widgets["shareholders"]


def test_every_pasted_row_is_kept(opened, ws, boj5: str) -> None:
    page = opened(FormPage, draft=boj5)
    table_of(page).paste_text(spreadsheet(COUNT))
    kept = ws.drafts.get(boj5).answers["shareholders"]
    assert [row["holder"] for row in kept] == [person(n + 1) for n in range(COUNT)]
    assert table_of(page).model.rowCount() == COUNT
    assert page.waiting.isHidden() and page._holder.isEnabled()


def test_a_paste_can_be_stopped_while_it_is_checked(opened, qtbot, desk, ws, boj5: str) -> None:
    page = opened(FormPage, draft=boj5)
    table = table_of(page)
    desk.jobs = jobs = ThreadJobs(page)
    table.paste_text(spreadsheet(COUNT))
    assert page.waiting.isVisibleTo(page) and not page._holder.isEnabled()
    page.waiting.stop.click()
    qtbot.waitUntil(lambda: not jobs._orders, timeout=20_000)
    assert table.model.rowCount() == 0 and page._holder.isEnabled()
    table.paste_text(spreadsheet(COUNT))
    qtbot.waitUntil(lambda: table.model.rowCount() == COUNT, timeout=20_000)
    jobs.flush()


def test_a_locked_draft_takes_no_rows(ws, business) -> None:
    from chutdiao.app.opened import open_form

    draft = draft_with(ws.shelf.load("boj5"), business.id, 3, state=DraftState.LOCKED)
    ws.drafts.save(draft)
    session = open_form(ws, draft.id).session
    with pytest.raises(ChutdiaoError):
        session.having("shareholders", [])
    assert len(session.answers["shareholders"]) == 3


def test_one_cell_is_looked_at_alone(opened, ws, business, monkeypatch) -> None:
    """After one edit the table reads the cells that changed, not thousands."""
    draft = draft_with(ws.shelf.load("boj5"), business.id, COUNT)
    ws.drafts.save(draft)
    page = opened(FormPage, draft=draft.id)
    model = table_of(page).model
    columns = [column.id for column in model.columns]
    seen: list[int] = []
    look = type(model)._look_at

    def counted(self, places):
        found = list(places)
        seen.append(len(found))
        return look(self, found)

    monkeypatch.setattr(type(model), "_look_at", counted)
    model.setData(model.index(7, columns.index("occupation")), "ค้าขาย")
    assert seen and max(seen) < 10
    model.setData(model.index(7, columns.index("holder")), "1234567890123")
    assert [row for row, _, _ in model.all_problems()] == [8]
    model.setData(model.index(7, columns.index("holder")), person(8))
    assert model.all_problems() == []
    rows = page._opened.session.answers["shareholders"]
    assert rows == [{**row, **({"occupation": "ค้าขาย"} if n == 7 else {})} for n, row in enumerate(rows_of())]


def rows_of():
    return answers_with(COUNT)["shareholders"]
