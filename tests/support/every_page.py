"""Every page of the window with something on it: a sample business, its drafts, what it sent and keeps."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from chutdiao import paths
from chutdiao.app.drafts import open_draft
from chutdiao.app.interview import answer, start_business
from chutdiao.app.ports import Business, CaseEvent, Document
from chutdiao.app.submit import record
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.domain.problem import Json
from chutdiao.ui.shell.pages_table import PAGES, works

SAMPLES = paths.resources_dir() / "samples"
NAME = "ร้านกาแฟดอยสะเก็ดตัวอย่าง"
COFFEE_SHOP: Mapping[str, Json] = {
    "subdistrict": "500501",
    "authority_type": "subdistrict-town",
    "authority_name": "เชิงดอย",
    "entity": "natural",
    "place": "rent",
    "area_m2": "145",
    "activities": ["food"],
    "turnover": "1200000",
    "wants_vat": "no",
    "start_date": "2027-02-01",
    "employees": "0",
}
_OF_A_DRAFT = ("form", "review", "sign", "preview", "portal", "paper")


class StillClock:
    """Monday 23 November 2569, in the afternoon."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 14, 32, tzinfo=timezone(timedelta(hours=7)))


def open_furnished(folder: Path) -> tuple[Workspace, dict[str, str]]:
    """A practice profile in a folder with the sample business in it."""
    opened = replace(open_workspace("practice", str(folder)), clock=StillClock())
    return opened, furnish(opened)


def coffee_shop(ws: Workspace, name: str) -> Business:
    """A coffee shop in a rented shophouse in Doi Saket, every question of its interview answered."""
    made = start_business(ws, "coffee-shop", name)
    for question, value in COFFEE_SHOP.items():
        assert answer(ws, made.id, question, value).kept, question
    return made


def furnish(ws: Workspace) -> dict[str, str]:
    """Put a business of every kind of paper into a profile; returns what pages are opened with."""
    made = coffee_shop(ws, NAME)
    today = ws.clock.now().date()
    for file in ("lease.pdf", "map.pdf", "food-training.pdf"):
        ws.files.put((SAMPLES / file).read_bytes())
    draft = _filled(ws, made.id, "vat", "pp01", today)
    sent = _filled(ws, made.id, "food-premises", "food-notification", today)
    submission = record(ws, sent, "paper", "ดส 52001/1234", today.isoformat())
    case = ws.outbox.get(submission.id).case
    at = f"{today.isoformat()}T09:30:00+07:00"
    ws.cases.apply(CaseEvent("1", at, "correction", case, submission.id, "ขอให้ดูเวลาเปิดปิด", ("hours",), ()))
    ws.files.add(
        Document(
            id="sample", business=made.id, title="สัญญาเช่าอาคาร", kind="licence", name="lease.pdf",
            sha256=ws.files.put((SAMPLES / "lease.pdf").read_bytes()), size=1000, type="application/pdf",
            issued_on=today.isoformat(),
        )
    )  # fmt: skip
    return {"business": made.id, "draft": draft, "submission": submission.id}


def _filled(ws: Workspace, business: str, step: str, form: str, today: Any) -> str:
    draft = open_draft(ws, business, step, form, today)
    given = json.loads((SAMPLES / f"{form}.json").read_text("utf-8"))
    ws.drafts.save(replace(draft, answers=given.get("answers", given)))
    return draft.id


def pages() -> list[str]:
    """The pages of this program, those that came last included."""
    return [page for page in PAGES if works(page)]


def arguments_of(page: str, sample: Mapping[str, str]) -> dict[str, str]:
    """What a page is opened with."""
    if page in _OF_A_DRAFT:
        return {"draft": sample["draft"]}
    if page == "tracking":
        return {"submission": sample["submission"]}
    if page == "pack":
        return {"business": sample["business"], "step": "food-premises"}
    if page == "event":
        return {"business": sample["business"], "event": "new-address"}
    return {"business": sample["business"]}


_ACCENTS = str.maketrans("aeiounAEIOUN", "åéîøüñÅÉÎØÜÑ")


def stretched(text: str) -> str:
    """The same text two fifths longer, in brackets and with marks above the letters."""
    more = " ".join(["~~~~"] * (1 + len(text) * 2 // 25))
    return f"[{text.translate(_ACCENTS)} {more}]" if text.strip() else text
