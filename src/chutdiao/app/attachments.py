"""Attach files to an answer: looked into, held against the agency's limits, kept by content."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from chutdiao.app.ports import Document
from chutdiao.app.workspace import Workspace
from chutdiao.domain.form import Field, FileLimits
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import clean


@dataclass(frozen=True, slots=True)
class Attached:
    """The field's files after the attempt, and why a file was refused."""

    files: tuple[Json, ...]
    problems: tuple[Problem, ...] = ()


def attach_path(
    ws: Workspace, business: str, field: Field, place: str, path: str, have: Sequence[Json]
) -> Attached:
    """Read a file the person chose or dropped and attach it; a medium that went away is a problem."""
    limits = field.limits or FileLimits()
    name = clean(PurePath(path).name)
    try:
        size = Path(path).stat().st_size
        if size > limits.bytes:
            return Attached(tuple(have), (_too_big(place, name, size, limits),))
        data = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        unreadable = Problem("file.unreadable", place, {"name": name, "reason": reason})
        return Attached(tuple(have), (unreadable,))
    return attach(ws, business, field, place, name, data, have)


def attach(
    ws: Workspace, business: str, field: Field, place: str, name: str, data: bytes, have: Sequence[Json]
) -> Attached:
    """Attach bytes under a name; on any problem nothing is stored and the files stay as they were."""
    limits = field.limits or FileLimits()
    problems = refusals(ws, limits, place, name, data, have)
    if problems:
        return Attached(tuple(have), problems)
    kind, _, _ = ws.printer.inspect(data, name)
    sha256 = ws.files.put(data)
    if any(isinstance(row, dict) and row.get("sha256") == sha256 for row in have):
        return Attached(tuple(have))
    # A file kept before is the same document: it is used once more, not kept twice.
    if not any(held.sha256 == sha256 for held in ws.files.documents(business)):
        ws.files.add(_document(ws, business, field, sha256, name, len(data), kind))
    entry: dict[str, Json] = {"sha256": sha256, "name": name, "size": len(data), "type": kind}
    return Attached((*have, entry))


def _document(
    ws: Workspace, business: str, field: Field, sha256: str, name: str, size: int, media: str
) -> Document:
    return Document(
        id=str(uuid.uuid4()),
        business=business,
        title=field.label.th or name,
        kind=ws.shelf.papers().kind_for(field.document) or "attachment",
        sha256=sha256,
        name=name,
        size=size,
        type=media,
        source=field.document,
        added_at=ws.clock.now().isoformat(timespec="seconds"),
    )


def detach(have: Sequence[Json], sha256: str) -> list[Json]:
    """The field's files without one of them; the vault keeps its bytes."""
    return [row for row in have if not (isinstance(row, dict) and row.get("sha256") == sha256)]


def refusals(
    ws: Workspace, limits: FileLimits, place: str, name: str, data: bytes, have: Sequence[Json]
) -> tuple[Problem, ...]:
    """Why an agency would not take these bytes as one more file; nothing where it would."""
    if not data:
        return (Problem("file.empty", place, {"name": name}),)
    if len(data) > limits.bytes:
        return (_too_big(place, name, len(data), limits),)
    if len(have) >= limits.files and not _already(data, have):
        return (Problem("file.too-many", place, {"name": name, "files": str(limits.files)}),)
    kind, pages, found = ws.printer.inspect(data, name)
    if found:
        return tuple(Problem(p.code, place, {"name": name, **p.values}, p.level, p.say, p.law) for p in found)
    if kind not in limits.types:
        return (Problem("file.type", place, {"name": name, "types": _type_names(limits)}),)
    if pages > limits.pages:
        return (Problem("file.pages", place, {"name": name, "pages": str(pages), "most": str(limits.pages)}),)
    return ()


def _already(data: bytes, have: Sequence[Json]) -> bool:
    import hashlib

    digest = hashlib.sha256(data).hexdigest()
    return any(isinstance(row, dict) and row.get("sha256") == digest for row in have)


def _type_names(limits: FileLimits) -> str:
    return ", ".join(kind.split("/")[-1].upper() for kind in limits.types)


def _too_big(place: str, name: str, size: int, limits: FileLimits) -> Problem:
    values = {"name": name, "size": size_words(size), "most": size_words(limits.bytes)}
    return Problem("file.too-big", place, values)


def size_words(size: int) -> str:
    """A size as people read it: 214 KB, 1.2 MB."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    if size >= 1_000:
        return f"{round(size / 1_000)} KB"
    return f"{size} B"
