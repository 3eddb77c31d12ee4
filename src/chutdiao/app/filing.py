"""A signed draft sent, or a filing elsewhere written down with its scan."""

import uuid
from pathlib import Path

from chutdiao.app.ports import Document, Submission
from chutdiao.app.signing import signing
from chutdiao.app.submit import record, submit
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import ChutdiaoError, Problem


def send(ws: Workspace, draft: str) -> Submission | tuple[Problem, ...]:
    """Put a signed draft in line; else say what stops it, a missing signature among the rest."""
    return submit(ws, draft, list(signing(ws, draft).given.values()))


def record_filing(
    ws: Workspace, draft: str, channel: str, number: str, on: str, scan: str = ""
) -> Submission | tuple[Problem, ...]:
    """Write down a filing by portal or paper; ``scan`` is the path of a file to keep with it."""
    try:
        sha256 = _keep_scan(ws, draft, number, on, scan) if scan else ""
        given = list(signing(ws, draft).given.values())
        return record(ws, draft, channel, number, on, sha256, given)
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
