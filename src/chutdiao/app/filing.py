"""Signatures kept and a draft sent, or a filing elsewhere written down with its scan."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chutdiao.app.ports import Document, Submission
from chutdiao.app.submit import record, submit
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import Signature


@dataclass(frozen=True, slots=True)
class SignedBy:
    """How one signatory signed; ``picture`` is the PNG of a drawn signature."""

    role: str
    method: str
    name: str
    picture: bytes = b""


def send(ws: Workspace, draft: str, signed: Sequence[SignedBy]) -> Submission | tuple[Problem, ...]:
    """Keep the signatures and put the draft in line; else say what stops it."""
    at = ws.clock.now().isoformat(timespec="seconds")
    signatures = [
        Signature(s.role, s.method, s.name, at, ws.files.put(s.picture) if s.picture else "") for s in signed
    ]
    return submit(ws, draft, signatures)


def record_filing(
    ws: Workspace, draft: str, channel: str, number: str, on: str, scan: str = ""
) -> Submission | tuple[Problem, ...]:
    """Write down a filing by portal or paper; ``scan`` is the path of a file to keep with it."""
    try:
        sha256 = _keep_scan(ws, draft, number, on, scan) if scan else ""
        return record(ws, draft, channel, number, on, sha256)
    except ChutdiaoError as error:
        return tuple(error.problems)


def _keep_scan(ws: Workspace, draft: str, number: str, on: str, path: str) -> str:
    name = Path(path).name
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ChutdiaoError(Problem("file.unreadable", "scan", {"name": name, "reason": reason})) from error
    media, _, problems = ws.printer.inspect(data, name)
    if problems:
        raise ChutdiaoError(*problems)
    sha256 = ws.files.put(data)
    held = ws.drafts.get(draft)
    title = f"{ws.shelf.load(held.form, held.version).title.th} {number}"
    ws.files.add(
        Document(
            id=str(uuid.uuid4()),
            business=held.business,
            title=title,
            kind="scan",
            sha256=sha256,
            name=name,
            size=len(data),
            type=media,
            issued_on=on,
            added_at=ws.clock.now().isoformat(timespec="seconds"),
        )
    )
    return sha256
