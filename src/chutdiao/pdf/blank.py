"""From a form's answers to the agency's own blank and as many attached sheets as the rows need."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path

from chutdiao.app.ports import ReferenceTables
from chutdiao.domain.blankmap import Entry, spread, targets
from chutdiao.domain.check import FormState
from chutdiao.domain.expression import compile_expression
from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem
from chutdiao.pdf import acroform
from chutdiao.pdf.inking import Rect, fits
from chutdiao.pdf.mapping import Scene, marks_of
from chutdiao.pdf.render import sheet_pdf
from chutdiao.pdf.stamping import Stamped, editable_pdf, flat_pdf, joined

# How many files of a folder are looked at for an attachment, and how large each may be.
_LOOKED_AT, _SMALL = 200, 3_000_000


@dataclass(frozen=True)
class Filled:
    """The sheets in order, and what a person should know though the paper can be printed.

    ``ours`` draws our own sheet in place of attachments that are not at hand, so that no row is lost.
    ``name`` is that of the user's file.
    """

    sheets: tuple[Stamped, ...]
    problems: tuple[Problem, ...] = ()
    ours: Callable[[bool], bytes] | None = None
    name: str = ""

    def pdf(self, *, editable: bool = False, practice: bool = False) -> bytes:
        """One file: flat, or with fields that can still be edited.

        Raises ChutdiaoError where a blank's pages are damaged.
        """
        draw = editable_pdf if editable else flat_pdf
        try:
            filled = draw(self.sheets, practice) if self.sheets else b""
        except acroform.troubles() as error:
            raise ChutdiaoError(Problem("blank.unreadable", values={"name": self.name})) from error
        return filled if self.ours is None else joined(filled, self.ours(practice))


@dataclass(frozen=True)
class _Source:
    """A user's file, known to be the blank that a map describes."""

    data: bytes
    boxes: tuple[acroform.Box, ...]
    described: Entry

    @property
    def entries(self) -> list[Entry]:
        return _entries(self.described)


def fill_blank(
    form: FormSpec,
    state: FormState,
    print_map: Mapping[str, Json],
    blank: Path,
    tables: ReferenceTables,
    practice: bool = False,
) -> bytes:
    """Fill the blank a user downloaded, flat, with the attachments that lie beside it, or our sheet for them.

    Raises ChutdiaoError as ``lay_out`` does.
    """
    return lay_out(form, state, print_map, blank, (), tables).pdf(practice=practice)


def lay_out(
    form: FormSpec,
    state: FormState,
    print_map: Mapping[str, Json],
    blank: Path | None,
    attachments: Sequence[Path],
    tables: ReferenceTables,
) -> Filled:
    """Say what is written where on the blank and its attachments.

    A file is known by its SHA-256, or where the agency issued it again by its field names; an attachment
    not given is looked for beside the blank. Raises ChutdiaoError when a file is another one, or when an
    answer does not fit and would be cut.
    """
    described = print_map.get("blank")
    if not isinstance(described, dict):
        raise ChutdiaoError(Problem("blank.missing", values={"form": form.code or form.id}))
    sheets: list[Stamped] = []
    if blank is not None:
        source = _known(form, blank, described)
        _refuse_overflow(state, described)
        sheets.append(
            Stamped(source.data, tuple(marks_of(source.entries, source.boxes, Scene(state, tables))))
        )
    more, problems = _attached(form, state, described, blank, attachments, tables)
    sheets.extend(more)
    wrong = [problem for sheet in sheets for problem in _wrong(sheet)]
    if wrong:
        raise ChutdiaoError(*wrong)
    ours = partial(_our_sheet, form, state, print_map, tables) if problems else None
    name = blank.name if blank is not None else ", ".join(path.name for path in attachments)
    return Filled(tuple(sheets), tuple(problems), ours, name)


def _our_sheet(
    form: FormSpec,
    state: FormState,
    print_map: Mapping[str, Json],
    tables: ReferenceTables,
    practice: bool,
) -> bytes:
    return sheet_pdf(form, state, print_map, tables, "th", practice)


def _wrong(sheet: Stamped) -> Iterator[Problem]:
    """Texts that do not fit their box, and two texts that fall in one box."""
    taken: set[tuple[int, str, Rect]] = set()
    for mark in sheet.marks:
        if not fits(mark):
            yield Problem("blank.too-long", mark.place or mark.text, {"field": mark.text})
        place = (mark.page, mark.place, mark.rect)
        if mark.text and place in taken:
            yield Problem("blank.taken", mark.place, {"field": mark.text})
        if mark.text:
            taken.add(place)


def _attached(
    form: FormSpec,
    state: FormState,
    described: Entry,
    blank: Path | None,
    given: Sequence[Path],
    tables: ReferenceTables,
) -> tuple[list[Stamped], list[Problem]]:
    """The attached sheets; an attachment called for and not at hand is a warning, and our sheet stands in."""
    sheets: list[Stamped] = []
    problems: list[Problem] = []
    unused = list(given)
    for attachment in _listed(described.get("attachments")):
        assert isinstance(attachment, dict)
        path = next((path for path in unused if _is(path, attachment)), None)
        if path is not None:
            unused.remove(path)
        scenes = list(_scenes(state, attachment, tables))
        if not scenes:
            continue
        path = path or _beside(blank, attachment)
        if path is None:
            values = {"name": str(attachment.get("file", "")), "sheets": str(len(scenes))}
            problems.append(Problem("blank.attachment-missing", values=values, level=Level.WARN))
            continue
        source = _known(form, path, attachment)
        sheets.extend(
            Stamped(source.data, tuple(marks_of(source.entries, source.boxes, scene))) for scene in scenes
        )
    for path in unused:
        raise ChutdiaoError(_unknown(form, path))
    return sheets, problems


def _scenes(state: FormState, attachment: Entry, tables: ReferenceTables) -> Iterator[Scene]:
    """One scene a sheet: rows of a kind together, so many a sheet, numbered on from sheet to sheet."""
    if "when" in attachment and not state.holds(str(attachment["when"])):
        return
    table = str(attachment.get("table", ""))
    if not table:
        yield Scene(state, tables, own={"sheet": Decimal(1), "sheets": Decimal(1)})
        return
    if not state.fields[table].visible:
        return
    held = int(str(attachment["rows"]))
    pages: list[tuple[tuple[str, ...], tuple[int, ...]]] = []
    for ids in _kinds(state, table, str(attachment.get("by", ""))):
        for start in range(0, len(ids), held):
            part = tuple(ids[start : start + held])
            pages.append((part, tuple(range(start + 1, start + 1 + len(part)))))
    for number, (part, numbers) in enumerate(pages, 1):
        own = {"sheet": Decimal(number), "sheets": Decimal(len(pages))}
        yield Scene(state, tables, table, part, own, numbers)


def _kinds(state: FormState, table: str, by: str) -> list[list[str]]:
    """The rows of a table, those with the same answer to ``by`` together, in the order of its choices."""
    ids = list(state.row_ids.get(table, ()))
    if not by:
        return [ids]
    read = compile_expression(by)
    kinds: dict[str, list[str]] = {}
    for row_id, scope in zip(ids, state.scope.rows(table), strict=True):
        kinds.setdefault(str(read.evaluate(scope)), []).append(row_id)
    question = next((field for field in state.form.fields() if field.id == table), None)
    column = next((c for c in question.columns if c.id == by), None) if question else None
    order = [choice.code for choice in column.choices] if column else []
    place = {code: number for number, code in enumerate(order)}
    return [kinds[kind] for kind in sorted(kinds, key=lambda kind: place.get(kind, len(place)))]


def _beside(blank: Path | None, attachment: Entry) -> Path | None:
    """The attachment in the folder of the blank: by the name it has at the agency, or by its digest."""
    if blank is None:
        return None
    named = blank.with_name(Path(str(attachment.get("file", "")) or "-").name)
    if named.is_file() and _is(named, attachment):
        return named
    known = _listed(attachment.get("sha256"))
    return next((path for path in _small_pdfs(blank.parent) if _digest(path) in known), None)


def _small_pdfs(folder: Path) -> list[Path]:
    """Files that may be an attachment; a folder of downloads may hold very many, so not all are read."""
    try:
        found = sorted(folder.glob("*.pdf"))[:_LOOKED_AT]
        return [path for path in found if path.is_file() and path.stat().st_size <= _SMALL]
    except OSError:
        return []


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _is(path: Path, described: Entry) -> bool:
    try:
        return _matches(path.read_bytes(), described)
    except (OSError, ChutdiaoError):
        return False


def _known(form: FormSpec, path: Path, described: Entry) -> _Source:
    try:
        data = _same(path.read_bytes())
    except OSError as error:
        raise ChutdiaoError(Problem("blank.unreadable", values={"name": path.name})) from error
    boxes = _boxes(data, path.name)
    if not _matches(data, described):
        raise ChutdiaoError(_unknown(form, path))
    kept = [int(str(page)) - 1 for page in _listed(described.get("keep"))]
    if kept:
        data = acroform.only_pages(data, kept)
        boxes = _boxes(data, path.name)
    return _Source(data, boxes, described)


@lru_cache(8)
def _same(data: bytes) -> bytes:
    """The one copy kept of equal files: a thousand certificates are a thousand sheets of one blank."""
    return data


def _unknown(form: FormSpec, path: Path) -> Problem:
    return Problem("blank.unknown", values={"name": path.name, "form": form.code or form.id})


def _boxes(data: bytes, name: str) -> tuple[acroform.Box, ...]:
    try:
        return acroform.read_boxes(data)
    except acroform.troubles() as error:
        raise ChutdiaoError(Problem("blank.unreadable", values={"name": name})) from error


def _matches(data: bytes, described: Entry) -> bool:
    """Whether a file is the blank described: by digest, or by every box the map writes to."""
    if hashlib.sha256(data).hexdigest() in _listed(described.get("sha256")):
        return True
    wanted = {name for entry in _entries(described) for line in spread(entry) for name in targets(line)}
    return bool(wanted) and wanted <= {box.name for box in _boxes(data, "")}


def _entries(described: Entry) -> list[Entry]:
    return [entry for entry in _listed(described.get("map")) if isinstance(entry, dict)]


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _refuse_overflow(state: FormState, described: Entry) -> None:
    limits = described.get("overflow")
    for table, held in limits.items() if isinstance(limits, dict) else ():
        given = len(state.row_ids.get(table, ()))
        if given > int(str(held)):
            values = {"held": str(held), "given": str(given)}
            raise ChutdiaoError(Problem("blank.too-many-rows", table, values))
