"""Papers a business writes itself, as a form's ``print.yaml`` lays them out: articles, notices, minutes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from chutdiao.app.ports import ReferenceTables
from chutdiao.domain.check import FormState, cell
from chutdiao.domain.dates import show_date
from chutdiao.domain.expression import UNANSWERED, ExpressionError, Scope, Value, compile_expression, truth
from chutdiao.domain.expression.values import text_of
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.ids import show_identity
from chutdiao.domain.money import baht_text, format_money, format_number, number_text
from chutdiao.domain.problem import Json
from chutdiao.domain.template import Slot, parts_of
from chutdiao.domain.typed import show_value
from chutdiao.pdf.paper import Paper
from chutdiao.pdf.render import labels_of

FOOT = "ร่างเอกสาร ตรวจและลงชื่อก่อนใช้ ไม่ใช่แบบของทางราชการ"
_OPEN = "................................"
_SIGN_TALL = 62.0
Node = Mapping[str, Json]


def document_pdf(
    form: FormSpec, state: FormState, layout: Node, tables: ReferenceTables, practice: bool = False
) -> bytes:
    """Print the document of these answers; what is not answered stays a dotted line to write on."""
    paper = Paper(
        f"{form.code} {form.title.th}".strip(), practice=practice, foot=str(layout.get("foot", FOOT))
    )
    pages = _Pages(form, state, labels_of(tables, "th"))
    parts = _listed(layout.get("parts"))
    for number, place in enumerate(pages.places(str(layout.get("each", "")))):
        if number:
            paper.turn()
        for part in parts:
            for inside in pages.repeated(part, place):
                _PRINTERS[kind_of(part)](paper, pages, part, inside)
    return paper.finish()


def kind_of(part: Node) -> str:
    """What a part is: the one key of it that names a way of printing."""
    return next(kind for kind in _PRINTERS if kind in part)


def _listed(value: Json) -> list[Node]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


class _Place:
    """Where a part is printed: the whole form, or one row of a table."""

    def __init__(self, scope: Scope, table: str = "", row: str = "") -> None:
        self.scope, self.table, self.row = scope, table, row


class _Pages:
    """The answers a document is made of, written out."""

    def __init__(self, form: FormSpec, state: FormState, label_of: Callable[[str, str], str]) -> None:
        self._state, self._label_of = state, label_of
        self.title = f"{form.code} {form.title.th}".strip()
        self._fields = {field.id: field for field in form.fields()}

    def places(self, table: str) -> list[_Place]:
        if not table:
            return [_Place(self._state.scope)]
        ids = self._state.row_ids.get(table, ())
        scopes = self._state.scope.rows(table)
        return [_Place(scope, table, row) for row, scope in zip(ids, scopes, strict=False)]

    def repeated(self, part: Node, around: _Place) -> Iterator[_Place]:
        """The places a part is printed for, where its condition holds."""
        table = str(part.get("each", ""))
        for place in self.places(table) if table else [around]:
            if self._holds(str(part.get("when", "")), place):
                yield place

    def _holds(self, source: str, place: _Place) -> bool:
        try:
            return not source or truth(compile_expression(source).evaluate(place.scope)) is True
        except ExpressionError:
            return False

    def written(self, template: Json, place: _Place) -> str:
        """The sentence with its answers in place."""
        parts = parts_of(str(template))
        return "".join(self._slot(part, place) if isinstance(part, Slot) else part for part in parts)

    def _slot(self, slot: Slot, place: _Place) -> str:
        shown = "" if slot.format not in ("", "or-nothing") else self._as_field(slot.source, place)
        if not shown:
            try:
                shown = _formatted(_value(slot.source, place.scope), slot.format)
            except ExpressionError:
                shown = ""
        return shown or ("" if slot.format == "or-nothing" else _OPEN)

    def _as_field(self, name: str, place: _Place) -> str:
        field, at = self._fields.get(name), name
        if place.table:
            columns = self._fields[place.table].columns
            column = next((column for column in columns if column.id == name), None)
            if column is not None:
                field, at = column, cell(place.table, place.row, name)
        state = self._state.fields.get(at)
        if field is None or state is None or not state.visible or state.value in (None, ""):
            return ""
        return self._shown(field, state.value)

    def _shown(self, field: Field, value: Json) -> str:
        if field.type is FieldType.DATE and isinstance(value, str):
            try:
                return show_date(date.fromisoformat(value), "th", long=True)
            except ValueError:
                return value
        return show_value(field, value, "th", self._label_of)


def _value(source: str, scope: Scope) -> Value:
    """A field's value, also of one whose name means something else in an expression (``no``)."""
    return scope.value(source) if source.isidentifier() else compile_expression(source).evaluate(scope)


def _formatted(value: Value, form: str) -> str:
    if value is UNANSWERED:
        return ""
    if isinstance(value, Decimal):
        return _NUMBERS.get(form, format_number)(value)
    if isinstance(value, date):
        return show_date(value, "th", long=form != "short-date")
    return show_identity(value) if form == "identity" and isinstance(value, str) else text_of(value)


_NUMBERS: Mapping[str, Callable[[Decimal], str]] = {
    "money": format_money,
    "words": number_text,
    "baht": baht_text,
}


def _title(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.centred(pages.written(part["title"], place), size=16)


def _heading(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.room(64)
    paper.space(6)
    paper.centred(pages.written(part["heading"], place), size=12.5)


def _text(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.paragraph(pages.written(part["text"], place), first=36, bold=part.get("bold") == "yes")


def _item(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.text(pages.written(part["item"], place), indent=36)


def _right(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.text(pages.written(part["right"], place), indent=260)


def _small(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.text(pages.written(part["small"], place), size=9.5, muted=True)


def _table(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    columns = _listed(part.get("columns"))
    heads = [pages.written(column.get("head", ""), place) for column in columns]
    rows = [
        [pages.written(column.get("cell", ""), row) for column in columns]
        for row in pages.places(str(part["table"]))
    ]
    shares = [float(str(column.get("share", "1"))) for column in columns]
    paper.space(4)
    paper.table(heads, rows, shares=shares)
    paper.space(4)


def _sign(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    if paper.is_short_of(_SIGN_TALL):
        # Whoever signs on the next page sees there what is signed.
        paper.turn()
        paper.text(f"{pages.title} (ต่อ)", size=9)
    paper.space(20)
    label = pages.written(part["sign"], place)
    name = pages.written(part.get("name", ""), place) or _OPEN
    paper.text(f"ลงชื่อ {_OPEN}{_OPEN[:12]} {label}", indent=190, size=11)
    paper.text(f"({name})", indent=222)


def _box(paper: Paper, pages: _Pages, part: Node, place: _Place) -> None:
    paper.frame(pages.written(part["box"], place), float(str(part.get("height", "300"))))


def _space(paper: Paper, _: _Pages, part: Node, __: _Place) -> None:
    paper.space(float(str(part["space"])))


def _page(paper: Paper, _: _Pages, __: Node, ___: _Place) -> None:
    paper.turn()


_PRINTERS: Mapping[str, Callable[[Paper, _Pages, Node, _Place], None]] = {
    "title": _title,
    "heading": _heading,
    "text": _text,
    "item": _item,
    "right": _right,
    "small": _small,
    "table": _table,
    "sign": _sign,
    "box": _box,
    "space": _space,
    "page": _page,
}
