"""Our own sheet of any form: every visible answer in order, with its official number."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from chutdiao.app.ports import ReferenceTables
from chutdiao.domain.check import FormState
from chutdiao.domain.form import Field, FieldType, FormSpec, Section
from chutdiao.domain.money import baht_text
from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language
from chutdiao.domain.typed import show_value
from chutdiao.pdf.paper import LEFT, RIGHT, Paper
from chutdiao.pdf.thai_lines import width

_SIGN_TALL, _SIGNS_MOST = 80, 480  # points
_SHARES = {
    FieldType.ADDRESS: 2.6,
    FieldType.NAME: 1.6,
    FieldType.IDENTITY: 1.7,
    FieldType.NUMBER: 0.6,
    FieldType.REFERENCE: 0.8,
    FieldType.CHOICE: 0.9,
}
_UNVERIFIED = {"th": "ยังไม่ยืนยัน", "en": "not verified"}
_SIGN = {"th": "ลงชื่อ", "en": "Signed"}
_SOURCE = {"th": "ที่มา", "en": "Source"}
_CONTINUED = {"th": "(ต่อ)", "en": "(continued)"}
_SIGN_AT, _NAME_AT = 180, 205  # points from the left
_DOTS = "........................................................"
_DATE = {"th": "วันที่", "en": "Date"}


def labels_of(tables: ReferenceTables, language: Language) -> Callable[[str, str], str]:
    """Return how a code of a reference table is written out."""

    def label(table: str, code: str) -> str:
        row = tables.row(table, code)
        return row.label.to(language) if row else code

    return label


def sheet_pdf(
    form: FormSpec,
    state: FormState,
    print_map: Mapping[str, Json],
    tables: ReferenceTables,
    language: Language = "th",
    practice: bool = False,
) -> bytes:
    """Print what ``state`` shows; hidden and omitted fields are left out.

    A form whose print map lays out a document is printed as that document, always in Thai.
    """
    layout = print_map.get("document")
    if isinstance(layout, dict):
        from chutdiao.pdf.document import document_pdf

        return document_pdf(form, state, layout, tables, practice)
    title = f"{form.code} {form.title.to(language)}".strip()
    paper = Paper(title, practice=practice)
    paper.text(title, size=17, bold=True)
    mark = "" if form.verified else f" · {_UNVERIFIED[language]}"
    paper.text(f"{form.law}{mark}", size=9.5, muted=True)
    omitted = _omitted(print_map)
    label_of = labels_of(tables, language)
    for section in form.sections:
        _section(paper, section, state, omitted, language, label_of)
    _signatures(paper, state, title, language)
    if form.source:
        paper.space(6)
        paper.text(f"{_SOURCE[language]}: {form.source}", size=8.5, muted=True)
    return paper.finish()


def _omitted(print_map: Mapping[str, Json]) -> frozenset[str]:
    sheet = print_map.get("sheet")
    fields = sheet.get("omit") if isinstance(sheet, dict) else None
    return frozenset(str(name) for name in fields) if isinstance(fields, list) else frozenset()


def _section(
    paper: Paper,
    section: Section,
    state: FormState,
    omitted: frozenset[str],
    language: Language,
    label_of: Callable[[str, str], str],
) -> None:
    shown = [f for f in section.fields if f.id not in omitted and state.fields[f.id].visible]
    if not shown:
        return
    paper.heading(section.title.to(language))
    waiting: list[tuple[str, str]] = []
    for field in shown:
        if field.type is FieldType.TABLE:
            paper.pairs(waiting)
            waiting = []
            _table(paper, field, state, language, label_of)
        else:
            waiting.append(_pair(field, state, language, label_of))
    paper.pairs(waiting)


def _pair(
    field: Field, state: FormState, language: Language, label_of: Callable[[str, str], str]
) -> tuple[str, str]:
    answer = state.fields[field.id]
    label = answer.label.to(language)
    number = f"[{field.item}] " if field.item else ""
    doubt = "" if field.verified else f" ({_UNVERIFIED[language]})"
    unit = f" {field.unit.to(language)}" if field.unit and answer.value not in (None, "") else ""
    shown = show_value(field, answer.value, language, label_of) + unit
    if field.type is FieldType.MONEY and language == "th":
        shown += _in_words(answer.value)
    return f"{number}{label}{doubt}", shown


def _in_words(value: Json) -> str:
    try:
        return f" บาท ({baht_text(Decimal(value))})" if isinstance(value, str) and value else ""
    except InvalidOperation:
        return ""  # not a number: a problem says so beside the field, the sheet shows what was given


def _table(
    paper: Paper,
    field: Field,
    state: FormState,
    language: Language,
    label_of: Callable[[str, str], str],
) -> None:
    number = f"[{field.item}] " if field.item else ""
    paper.space(4)
    paper.text(number + state.fields[field.id].label.to(language), bold=True)
    rows = state.fields[field.id].value
    columns = [c for c in field.columns if c.type is not FieldType.FILE]
    heads = [_head(column, language) for column in columns]
    body = []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        cells = []
        for column in columns:
            cell = state.fields.get(f"{field.id}[{row.get('_row')}].{column.id}")
            shown = cell is not None and cell.visible
            cells.append(show_value(column, cell.value, language, label_of) if cell and shown else "")
        body.append(cells)
    # A column that no row answers only takes room from the others.
    kept = [place for place in range(len(heads)) if any(cells[place] for cells in body)]
    heads, body = [heads[place] for place in kept], [[cells[place] for place in kept] for cells in body]
    if len(heads) > 7:
        for cells in body:
            paper.pairs([(head, cell) for head, cell in zip(heads, cells, strict=True) if cell])
            paper.rule(2)
    elif heads:
        paper.table(heads, body, shares=_shares([columns[place] for place in kept]))
    else:
        paper.text("–")


def _shares(columns: Sequence[Field]) -> list[float]:
    """An address beside short columns has more of the width; else all are as wide."""
    if not any(column.type is FieldType.ADDRESS for column in columns):
        return []
    return [_SHARES.get(column.type, 1.0) for column in columns]


def _head(column: Field, language: Language) -> str:
    number = f"[{column.item}] " if column.item else ""
    unit = f" ({column.unit.to(language)})" if column.unit else ""
    return f"{number}{column.label.to(language)}{unit}"


def _signatures(paper: Paper, state: FormState, title: str, language: Language) -> None:
    signatories = state.signatories()
    if not signatories:
        return
    # Nobody's line stands alone on the next page where all of them fit there.
    if paper.is_short_of(min(_SIGN_TALL * len(signatories), _SIGNS_MOST) + 18):
        paper.turn()
        paper.text(f"{title} {_CONTINUED[language]}", size=9.5, muted=True)
    paper.space(18)
    for signatory in signatories:
        paper.room(70)
        paper.space(16)
        label, line = signatory.label.to(language), f"{_SIGN[language]} {_DOTS}"
        beside = f"{line} {label}"
        fits = width(beside) <= RIGHT - LEFT - _SIGN_AT
        paper.text(beside if fits else line, indent=_SIGN_AT)
        paper.text(f"({signatory.name or _DOTS})", indent=_NAME_AT)
        if not fits:
            paper.text(label, indent=_NAME_AT)
        paper.text(f"{_DATE[language]} ........................................", indent=_NAME_AT)
