"""A real gateway on a thread, real envelopes of a real form, and a real profile beside them."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from chutdiao import paths
from chutdiao.app.ports import Business, Draft
from chutdiao.app.workspace import Workspace
from chutdiao.bootstrap import open_workspace
from chutdiao.contracts.canonical import canonical, digest_of
from chutdiao.contracts.envelope import Applicant, Envelope, FormName
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import DraftState, FileRef, Signature
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao_gateway.console.officer import Script
from chutdiao_gateway.console.serve import Plan, Serving
from chutdiao_gateway.faults.spec import parse_faults
from chutdiao_gateway.storage.sessions import open_session

FORM = "food-notification"
SAMPLES = paths.resources_dir() / "samples"
SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
SIGNED = (Signature("notifier", "typed", "สมมติ ใจดี", "2026-11-23T10:00:00+07:00"),)


class MovingClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC) - timedelta(days=60)

    def now(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@dataclass
class Desk:
    """One gateway serving on a thread of this process, with a session of its own."""

    serving: Serving
    address: str
    thumbprint: str
    token: str
    officer: str
    data_dir: Path
    session: requests.Session = field(default_factory=requests.Session)

    def faults(self, spec: str) -> None:
        self.serving.faults.set(parse_faults(spec))

    def new_holder(self) -> str:
        return open_session(self.serving.gateway.database, f"holder-{uuid4()}", "applicant")

    def ask(self, method: str, path: str, token: str | None = None, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token or self.token}"} | more.pop("headers", {})
        return self.session.request(method, self.address + path, headers=headers, timeout=10, **more)

    def post(self, envelope: Mapping[str, Json], key: str = "", **more: Any) -> requests.Response:
        headers = {"Idempotency-Key": key or str(envelope["id"])}
        return self.ask("POST", "/v1/submissions", data=canonical(dict(envelope)), headers=headers, **more)

    def decide(self, case: str, what: str, body: Mapping[str, Json] | None = None) -> requests.Response:
        return self.ask("POST", f"/v1/officer/cases/{case}/{what}", self.officer, json=body)

    def put_samples(self, token: str | None = None) -> None:
        for name in ("lease.pdf", "food-training.pdf"):
            data = (SAMPLES / name).read_bytes()
            assert self.ask("PUT", f"/v1/files/{digest_of(data)}", token, data=data).status_code == 200


def serve_on_thread(
    data_dir: Path, script: Script | None = None, port: int = 0
) -> tuple[Desk, Callable[[], None]]:
    """Serve; returns the desk and what ends it."""
    serving = Serving(Plan(data_dir, paths.forms_dir(), port=port, script=script))
    said = serving.announcement()
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    desk = Desk(serving, said["address"], said["thumbprint"], said["token"], said["officer"], data_dir)

    def end() -> None:
        desk.session.close()
        serving.stop()
        thread.join(10)

    return desk, end


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found, end = serve_on_thread(tmp_path / "gateway")
    yield found
    end()


def answers(**changes: Json) -> dict[str, Json]:
    """A complete food notification."""
    sample = json.loads((SAMPLES / "food-notification.json").read_text("utf-8"))
    return {**sample, **changes}


def envelope(**changes: Any) -> dict[str, Json]:
    """A submission that keeps the law, as JSON."""
    form = SHELF.load(FORM)
    now = datetime.now(UTC) + timedelta(hours=7)
    context = Context(now.date(), SHELF.parameters())
    given = changes.pop("answers", None) or answers()
    submitted = evaluate(form, given, context, tables=TABLES.holds).submitted()
    files = tuple(
        FileRef(place, f["sha256"], f["name"], f["size"], f["type"])  # type: ignore[index,arg-type]
        for place in ("training_document", "lease_document")
        for f in submitted.get(place) or []  # type: ignore[union-attr]
    )
    made = Envelope(
        id=str(uuid4()),
        business=Applicant("natural", "ร้านกาแฟสมมติ"),
        service=form.service,
        form=FormName(form.id, form.version, form.digest),
        agency="local-authority",
        authority="เทศบาลตำบลเชิงดอย",
        channel="api",
        answers=submitted,
        files=files,
        signatures=SIGNED,
        created_at=now.replace(tzinfo=None).isoformat(timespec="seconds") + "+07:00",
        practice=True,
    )
    return replace(made, **changes).to_json()


def open_practice(folder: Path, desk: Desk, clock: MovingClock, token: str = "") -> Workspace:
    """The practice profile in a folder, reached by this gateway."""
    running: Any = replace(desk, token=token or desk.token)
    return replace(open_workspace("practice", str(folder), gateway=running), clock=clock)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def ws(tmp_path: Path, desk: Desk, clock: MovingClock) -> Iterator[Workspace]:
    workspace = open_practice(tmp_path / "data", desk, clock)
    yield workspace
    workspace.keeper.close()


def new_draft(ws: Workspace, **changes: Json) -> str:
    """A complete draft of a business of its own, its files in the vault; returns its id."""
    form = SHELF.load(FORM)
    business, draft = str(uuid4()), str(uuid4())
    now = ws.clock.now().isoformat()
    ws.businesses.save(Business(business, "ร้านกาแฟสมมติ", "coffee-shop", {}, frozenset(), now))
    for name in ("lease.pdf", "food-training.pdf"):
        ws.files.put((SAMPLES / name).read_bytes())
    ws.drafts.save(
        Draft(
            id=draft,
            business=business,
            step="food-premises",
            form=form.id,
            version=form.version,
            digest=form.digest,
            answers=answers(**changes),
            unsure=frozenset(),
            drawer={},
            state=DraftState.EDITING,
            revision=0,
            place="",
            updated_at=now,
        )
    )
    return draft
