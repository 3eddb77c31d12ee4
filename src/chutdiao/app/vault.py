"""The documents of a business: kept once, used by many filings, replaced, never lost while in use."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from chutdiao.app.attachments import Attached, refusals
from chutdiao.app.ports import Document, Draft, Submission
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import read_iso
from chutdiao.domain.form import Field, FileLimits
from chutdiao.domain.papers import OTHER, Paper, PaperBook, standing
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.submission import DraftState
from chutdiao.domain.text import LocalText, clean

# What agencies sent or the program made; it is kept as it came.
SYSTEM = frozenset({"licence", "receipt", "signature"})
_UNSORTED = frozenset({"attachment", "scan"})


@dataclass(frozen=True, slots=True)
class Use:
    """A filing that used a document: ``submission`` or ``draft`` by its id, when, and its number."""

    kind: str
    id: str
    title: LocalText
    at: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A document with its kind, who used it, what is to be said of it, and the versions before it."""

    document: Document
    kind: str
    uses: tuple[Use, ...]
    notes: tuple[Problem, ...]
    earlier: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of a document."""

    kind: str
    title: str
    issued_on: date | None = None
    expires_on: date | None = None


def kind_of(document: Document, book: PaperBook) -> str:
    """The kind of a document; one that a form brought in is known by the requirement it met."""
    if document.kind in _UNSORTED:
        return book.kind_for(document.source) or document.kind
    return document.kind


def documents(ws: Workspace, business: str, agency: str = "") -> tuple[Held, ...]:
    """The present version of every document, the latest first, seen by ``agency`` where one is named."""
    book, names = ws.shelf.papers(), _names(ws)
    rows = ws.files.documents(business)
    uses = _uses(ws, business)
    today = ws.clock.now().date()
    found = []
    for row in rows:
        if row.replaced_by:
            continue
        kind = kind_of(row, book)
        paper = Paper(kind, read_iso(row.issued_on), read_iso(row.expires_on))
        notes = standing(paper, book, today, names, agency)
        found.append(Held(row, kind, _of(row, uses), notes, _earlier(row, rows)))
    return tuple(sorted(found, key=lambda held: held.document.added_at, reverse=True))


def offers(ws: Workspace, business: str, field: Field, agency: str, have: Sequence[Json]) -> tuple[Held, ...]:
    """The documents a file field may take, those of its own kind first; what it has is left out."""
    limits = field.limits or FileLimits()
    taken = {row.get("sha256") for row in have if isinstance(row, dict)}
    wanted = ws.shelf.papers().kind_for(field.document)
    found = [
        held
        for held in documents(ws, business, agency)
        if held.document.type in limits.types
        and held.document.sha256 not in taken
        and held.kind not in SYSTEM - {"licence"}
    ]
    suits = [h for h in found if _suits(h, field, wanted)]
    return (*suits, *(h for h in found if h not in suits and not wanted))


def _suits(held: Held, field: Field, wanted: str) -> bool:
    same = bool(field.document) and held.document.source == field.document
    return same or (bool(wanted) and held.kind == wanted)


def notes_on(
    ws: Workspace, business: str, agency: str, files: Iterable[str]
) -> Mapping[str, tuple[Problem, ...]]:
    """What ``agency`` might say of files of the vault, by their digest."""
    wanted = set(files)
    return {
        held.document.sha256: held.notes
        for held in documents(ws, business, agency)
        if held.document.sha256 in wanted and held.notes
    }


def held_for(ws: Workspace, business: str, requirements: Iterable[str]) -> Mapping[str, str]:
    """For each requirement the title of a document in the vault that answers it."""
    book = ws.shelf.papers()
    found: dict[str, str] = {}
    for row in ws.files.documents(business):
        if row.replaced_by:
            continue
        kind = kind_of(row, book)
        for name in requirements:
            if row.source == name or (kind and kind == book.kind_for(name)):
                found[name] = row.title or row.name
    return found


def attach_document(ws: Workspace, field: Field, place: str, document: str, have: Sequence[Json]) -> Attached:
    """Attach a document of the vault to an answer; nothing is stored a second time."""
    row = _row(ws, document)
    data = ws.files.read(row.sha256)
    problems = refusals(ws, field.limits or FileLimits(), place, row.name, data, have)
    if problems:
        return Attached(tuple(have), problems)
    entry: dict[str, Json] = {"sha256": row.sha256, "name": row.name, "size": row.size, "type": row.type}
    return Attached((*have, entry))


def add_document(ws: Workspace, business: str, path: str, details: Details) -> Document | tuple[Problem, ...]:
    """Keep a file with what is said of it; a file kept before is told of instead."""
    problems = _date_problems(details)
    if problems:
        return problems
    try:
        data, name, media = _read(ws, path)
    except ChutdiaoError as error:
        return tuple(error.problems)
    sha256 = ws.files.put(data)
    same = [d for d in ws.files.documents(business) if d.sha256 == sha256 and not d.replaced_by]
    if same:
        return (Problem("paper.already", "file", {"title": same[0].title or same[0].name}),)
    made = _document(ws, business, sha256, name, len(data), media, details)
    ws.files.add(made)
    return made


def describe_document(ws: Workspace, document: str, details: Details) -> Document | tuple[Problem, ...]:
    """Change what is said of a document."""
    problems = _date_problems(details)
    if problems:
        return problems
    row = _row(ws, document)
    changed = replace(
        row,
        kind=details.kind or row.kind,
        title=clean(details.title) or row.title,
        issued_on=details.issued_on.isoformat() if details.issued_on else "",
        expires_on=details.expires_on.isoformat() if details.expires_on else "",
    )
    ws.files.add(changed)
    return changed


def replace_document(
    ws: Workspace, document: str, path: str, details: Details
) -> Document | tuple[Problem, ...]:
    """Keep a newer version; the old one stays for the filings that used it."""
    old = _row(ws, document)
    made = add_document(ws, old.business, path, details)
    if isinstance(made, Document):
        newer = replace(made, source=old.source)
        ws.files.add(newer)
        ws.files.add(replace(old, replaced_by=newer.id))
        return newer
    return made


def remove_document(ws: Workspace, document: str) -> tuple[Problem, ...]:
    """Drop a document that nothing uses; else say what does."""
    row = _row(ws, document)
    uses = _of(row, _uses(ws, row.business))
    if uses:
        names = ", ".join(f"{use.title.th} {use.number}".strip() for use in uses[:3])
        english = ", ".join(f"{use.title.en} {use.number}".strip() for use in uses[:3])
        values = {"title": row.title or row.name, "uses": names, "uses_en": english, "n": str(len(uses))}
        return (Problem("paper.in-use", values=values),)
    earlier = [one for one in ws.files.documents(row.business) if one.replaced_by == row.id]
    ws.files.remove(row.id)
    for one in earlier:
        # The version before takes its place: it becomes the present one where this was.
        ws.files.add(replace(one, replaced_by=row.replaced_by))
    return ()


def _row(ws: Workspace, document: str) -> Document:
    found = next((row for row in ws.files.documents() if row.id == document), None)
    if found is None:
        raise ChutdiaoError(Problem("paper.gone", values={"id": document}))
    return found


def _read(ws: Workspace, path: str) -> tuple[bytes, str, str]:
    """The bytes of a file with its name and media type; raises ChutdiaoError where it is not taken."""
    name = clean(Path(path).name)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ChutdiaoError(Problem("file.unreadable", "file", {"name": name, "reason": reason})) from error
    problems = refusals(ws, FileLimits(), "file", name, data, ())
    if problems:
        raise ChutdiaoError(*problems)
    media, _, _ = ws.printer.inspect(data, name)
    return data, name, media


def _date_problems(details: Details) -> tuple[Problem, ...]:
    issued, expires = details.issued_on, details.expires_on
    if issued is not None and expires is not None and expires < issued:
        return (Problem("paper.dates", "expires"),)
    return ()


def _document(
    ws: Workspace, business: str, sha256: str, name: str, size: int, media: str, details: Details
) -> Document:
    return Document(
        id=str(uuid.uuid4()),
        business=business,
        title=clean(details.title) or name,
        kind=details.kind or OTHER,
        sha256=sha256,
        name=name,
        size=size,
        type=media,
        issued_on=details.issued_on.isoformat() if details.issued_on else "",
        expires_on=details.expires_on.isoformat() if details.expires_on else "",
        added_at=ws.clock.now().isoformat(timespec="seconds"),
    )


def _earlier(row: Document, rows: Sequence[Document]) -> tuple[Document, ...]:
    before = {one.replaced_by: one for one in rows if one.replaced_by}
    found: list[Document] = []
    now = row.id
    while now in before and before[now] not in found:
        found.append(before[now])
        now = before[now].id
    return tuple(found)


def _names(ws: Workspace) -> Mapping[str, LocalText]:
    found = {}
    for agency, row in ws.shelf.agencies().items():
        name = row.get("name") if isinstance(row, dict) else None
        if isinstance(name, dict):
            found[agency] = LocalText(str(name.get("th", "")), str(name.get("en", "")))
    return found


@dataclass(frozen=True, slots=True)
class _Users:
    """Everything of a business that may use a document: by the file's digest and by their own ids."""

    by_file: Mapping[str, tuple[Use, ...]]
    by_id: Mapping[str, Use]


def _uses(ws: Workspace, business: str) -> _Users:
    titles = _form_titles(ws)
    by_file: dict[str, list[Use]] = {}
    by_id: dict[str, Use] = {}
    for sent in ws.outbox.all(business):
        use = Use("submission", sent.id, _title(titles, sent), sent.queued_at, sent.number)
        by_id[sent.id] = use
        for ref in sent.files:
            by_file.setdefault(ref.sha256, []).append(use)
    for case in ws.cases.all(business):
        sent_of = [by_id[name] for name in case.submissions if name in by_id]
        if sent_of:
            by_id[case.id] = sent_of[-1]
    for draft in ws.drafts.for_business(business):
        if draft.state is not DraftState.LOCKED:
            use = Use("draft", draft.id, _title(titles, draft), draft.updated_at)
            by_id[draft.id] = use
            for sha256 in _digests(draft.answers):
                by_file.setdefault(sha256, []).append(use)
    return _Users({sha256: tuple(dict.fromkeys(found)) for sha256, found in by_file.items()}, by_id)


def _of(row: Document, users: _Users) -> tuple[Use, ...]:
    named = [users.by_id[name] for name in row.used_by if name in users.by_id]
    return tuple(dict.fromkeys((*users.by_file.get(row.sha256, ()), *named)))


def _form_titles(ws: Workspace) -> Mapping[str, LocalText]:
    forms = ws.shelf.index().get("forms")
    found: dict[str, LocalText] = {}
    for row in forms if isinstance(forms, list) else []:
        if isinstance(row, dict):
            title = row.get("title")
            name = LocalText.of({k: str(v) for k, v in title.items()}) if isinstance(title, dict) else None
            code = str(row.get("code") or "")
            found[str(row["id"])] = LocalText.of(code) if code else name or LocalText.of(str(row["id"]))
    return found


def _title(titles: Mapping[str, LocalText], filing: Draft | Submission) -> LocalText:
    return titles.get(filing.form, LocalText.of(filing.form))


def _digests(value: Json) -> Iterable[str]:
    if isinstance(value, dict):
        digest = value.get("sha256")
        if isinstance(digest, str):
            yield digest
        for part in value.values():
            yield from _digests(part)
    elif isinstance(value, list):
        for part in value:
            yield from _digests(part)
