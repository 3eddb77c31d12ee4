"""A real practice profile with one business whose profile is partly known."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chutdiao.app.ports import Business, FactValue
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace

TODAY = date(2026, 11, 23)
OWNER = "9999900001015"
PARTNERS = ("9999900001015", "9999900002020")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace("practice", str(tmp_path))
    yield workspace
    workspace.keeper.close()


@pytest.fixture
def business(ws: Workspace) -> Business:
    made = Business("b1", "กาแฟดอย", "coffee-shop", {}, frozenset(), "2026-11-23T09:00:00+07:00")
    ws.businesses.save(made)
    roles = {"business": "business", "business.owner": "person", "business.premises": "premises"}
    subjects = {}
    for role, kind in roles.items():
        subjects[role] = ws.facts.new_subject(made.id, kind)
        ws.facts.set_role(made.id, role, (subjects[role],))
    for fact, value, role in (
        ("business.trade_name", "กาแฟดอย", "business"),
        ("business.capital", "200000", "business"),
        ("person.name", {"title": "นาย", "first": "สมชาย", "last": "ใจดี"}, "business.owner"),
        ("person.identity", OWNER, "business.owner"),
        ("premises.tenure", "rent", "business.premises"),
        ("premises.address", {"house": "99/1", "subdistrict": "500501"}, "business.premises"),
    ):
        ws.facts.write(FactValue(fact, value, "card", "2026-11-01", "สมชาย", subjects[role]))
    return made
