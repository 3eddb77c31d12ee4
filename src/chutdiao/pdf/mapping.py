"""From the lines of a print map to the marks on one sheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chutdiao.app.ports import ReferenceTables
from chutdiao.domain.blankmap import Entry, spread, targets
from chutdiao.domain.check import FormState
from chutdiao.domain.expression import UNANSWERED, Scope, Value, compile_expression
from chutdiao.domain.form import Field
from chutdiao.domain.problem import Json
from chutdiao.pdf.acroform import Box
from chutdiao.pdf.inking import LARGEST, Align, Mark, Rect, flowed
from chutdiao.pdf.sheet_scope import SheetScope
from chutdiao.pdf.wording import as_text, dealt, narrow_cells, written

_TEXTUAL = frozenset({"left", "center", "right"})


@dataclass(frozen=True)
class Scene:
    """Who answers on one sheet: the form, and of an attachment's table the rows that stand on it."""

    state: FormState
    tables: ReferenceTables
    table: str = ""
    row_ids: tuple[str, ...] = ()
    own: Mapping[str, Value] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()

    @property
    def scope(self) -> Scope:
        return (
            SheetScope(self.state.scope, self.own, self.table, self._rows())
            if self.table
            else self.state.scope
        )

    def _rows(self) -> Sequence[Scope]:
        rows = {row.id: row for row in self.state.scope.rows(self.table)}  # type: ignore[attr-defined]
        return [rows[row] for row in self.row_ids if row in rows]

    def row(self, table: str, place: int) -> "tuple[str, Scope] | None":
        """The id and scope of the row at a place of the sheet; nothing where no row stands there."""
        ids = self.row_ids if table == self.table else self.state.row_ids.get(table, ())
        if place > len(ids) or not self.state.fields[table].visible:
            return None
        row_id = ids[place - 1]
        rows = self._rows() if table == self.table else self.state.scope.rows(table)
        if place > len(rows):
            return None
        own: dict[str, Value] = dict(self.own)
        if table == self.table:
            from decimal import Decimal

            own["nth"] = Decimal(self.numbers[place - 1])
        return row_id, SheetScope(rows[place - 1], own, self.table, self._rows() if self.table else ())


def marks_of(entries: Iterable[Entry], boxes: Iterable[Box], scene: Scene) -> list[Mark]:
    """Every mark that the answers call for."""
    by_name: dict[str, list[Box]] = {}
    for box in boxes:
        by_name.setdefault(box.name, []).append(box)
    marks: list[Mark] = []
    for template in entries:
        for entry in spread(template):
            marks.extend(_marks(entry, by_name, scene))
    return marks


def _marks(entry: Entry, boxes: Mapping[str, list[Box]], scene: Scene) -> Iterator[Mark]:
    table = str(entry.get("table", "")) or (scene.table if "row" in entry else "")
    row_id, scope = "", scene.scope
    if table:
        found = scene.row(table, int(str(entry.get("row", "1"))))
        if found is None:
            return
        row_id, scope = found
    if "when" in entry and compile_expression(str(entry["when"])).evaluate(scope) is not True:
        return
    if "state" in entry:
        yield from _ticks(entry, boxes)
        return
    text = _text(entry, scene, scope, table, row_id)
    if text:
        yield from _texts(entry, boxes, text)


def _ticks(entry: Entry, boxes: Mapping[str, list[Box]]) -> Iterator[Mark]:
    state = str(entry["state"])
    if "at" in entry:
        page, rect = _spot(entry["at"])
        yield Mark("", page, rect, state=state)
    for name in targets(entry):
        for box in boxes.get(name, ()):
            if state in box.states:
                yield Mark(name, box.page, box.rect, state=state)


def _texts(entry: Entry, boxes: Mapping[str, list[Box]], text: str) -> Iterator[Mark]:
    cells = int(str(entry.get("cells") or 0))
    if "at" in entry:
        page, rect = _spot(entry["at"])
        yield _mark(entry, "", page, rect, text, cells, "left", 1)
        return
    names = targets(entry)
    if len(names) > 1:
        yield from _over_boxes(entry, boxes, names, text)
        return
    for box in boxes.get(names[0], ()):
        held = _cells(entry, box)
        most = 9 if box.multiline and not held else 1
        yield _mark(entry, box.name, box.page, box.rect, text, held, box.align, most)


def _over_boxes(entry: Entry, boxes: Mapping[str, list[Box]], names: list[str], text: str) -> Iterator[Mark]:
    """A number dealt over several boxes letter by letter, or words that run on from box to box."""
    held = [(name, box, _cells(entry, box)) for name in names for box in boxes.get(name, ())[:1]]
    if not any(cells for _, _, cells in held):
        yield from _flowing(entry, [(name, box) for name, box, _ in held], text)
        return
    rest = text.rjust(sum(cells for _, _, cells in held)) if entry.get("align") == "right" else text
    for place, (name, box, cells) in enumerate(held):
        # What is left over goes to the last box, where it does not fit and is said.
        taken = rest if place == len(held) - 1 else rest[:cells]
        rest = rest[cells:]
        if taken.strip():
            yield _mark(entry, name, box.page, box.rect, taken, cells, "left", 1)


def _cells(entry: Entry, box: Box) -> int:
    return int(str(entry["cells"])) if "cells" in entry else box.cells


def _flowing(entry: Entry, held: list[tuple[str, Box]], text: str) -> Iterator[Mark]:
    room = min((box.rect[2] - box.rect[0] for _, box in held), default=0.0)
    lines = flowed(text, room, len(held), float(str(entry.get("size", LARGEST))))
    for (name, box), line in zip(held, lines, strict=False):
        if line:
            yield _mark(entry, name, box.page, box.rect, line, 0, box.align, 1)


def _mark(
    entry: Entry, name: str, page: int, rect: Rect, text: str, cells: int, align: Align, lines: int
) -> Mark:
    said = str(entry.get("align", ""))
    across, up = (float(str(part)) for part in _pair(entry.get("shift")))
    left, low, right, high = rect
    return Mark(
        name,
        page,
        (left + across, low + up, right + across, high + up),
        dealt(text, cells),
        align=said if said in _TEXTUAL else align,  # type: ignore[arg-type]
        cells=cells,
        narrow=narrow_cells(text, cells, str(entry.get("format", ""))),
        satang=float(str(entry.get("satang", 0))),
        lines=int(str(entry.get("lines", lines))),
        largest=float(str(entry.get("size", LARGEST))),
    )


def _pair(value: Json) -> list[Json]:
    return value if isinstance(value, list) else ["0", "0"]


def _spot(at: Json) -> tuple[int, Rect]:
    assert isinstance(at, dict) and isinstance(at["rect"], list)
    left, low, right, high = (float(str(side)) for side in at["rect"])
    return int(str(at.get("page", "1"))) - 1, (left, low, right, high)


def _text(entry: Entry, scene: Scene, scope: Scope, table: str, row_id: str) -> str:
    source = str(entry.get("value", ""))
    form = str(entry.get("format", ""))
    top = {question.id: question for question in scene.state.form.fields()}
    columns: dict[str, Field] = {}
    if table in top:
        columns = {column.id: column for column in top[table].columns}
    if row_id and source in columns:
        return _answer(scene, columns[source], f"{table}[{row_id}].{source}", entry)
    if source in top:
        return _answer(scene, top[source], source, entry)
    found = compile_expression(source).evaluate(scope)
    return "" if found is UNANSWERED else as_text(found, form)


def _answer(scene: Scene, question: Field, path: str, entry: Entry) -> str:
    answer = scene.state.fields[path]
    if not answer.visible or answer.value in (None, "", [], {}):
        return ""
    return written(question, answer.value, entry, scene.tables)
