"""Forms of one business: begun, answered to the end, in line, and taken by the agency."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from chutdiao.app.drafts import open_draft
from chutdiao.app.ports import Business, Case, Draft, Submission
from chutdiao.app.workspace import Workspace
from chutdiao.domain.submission import CaseState
from chutdiao.paths import resources_dir
from chutdiao.ui.desk import Desk
from chutdiao.ui.pages.sign import SignPage

SAMPLES = resources_dir() / "samples"


@pytest.fixture
def ws(workspace: Workspace) -> Workspace:
    return workspace


@pytest.fixture
def business(ws: Workspace) -> Business:
    made = Business("b1", "ร้านกาแฟดอยสะเก็ด", "coffee-shop", {}, frozenset(), "2026-11-23T09:00:00+07:00")
    ws.businesses.save(made)
    return made


@pytest.fixture
def draft(ws: Workspace, business: Business, desk: Desk) -> Draft:
    """A new ภ.พ.01."""
    return open_draft(ws, business.id, "vat", "pp01", desk.today())


@pytest.fixture
def whole(ws: Workspace, draft: Draft) -> Draft:
    """ภ.พ.01 answered to the end, its files in the vault."""
    answers = json.loads((SAMPLES / "pp01.json").read_text("utf-8"))
    for name in ("lease.pdf", "map.pdf"):
        ws.files.put((SAMPLES / name).read_bytes())
    ws.drafts.save(replace(draft, answers=answers.get("answers", answers)))
    return ws.drafts.get(draft.id)


@pytest.fixture
def queued(opened, whole: Draft, desk: Desk, ws: Workspace) -> Submission:
    desk.workspace = replace(ws, connectors={"rd": object()})
    page = opened(SignPage, draft=whole.id)
    page.findChild(QPushButton, "send").click()
    name, arguments = page.went.to[-1]
    assert name == "tracking", page.said.text()
    return ws.outbox.get(arguments["submission"])


@pytest.fixture
def received(ws: Workspace) -> Callable[[Submission], Case]:
    """Have the agency take a submission and give it a number."""

    def take(sent: Submission) -> Case:
        ws.outbox.begin(sent.id)
        case = Case("c1", sent.business, sent.step, sent.agency, CaseState.REVIEWING, "RD-1", (sent.id,), ())
        ws.outbox.received(sent.id, "receipt", "RD-1", case)
        return case

    return take
