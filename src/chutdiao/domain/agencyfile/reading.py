"""An agency's file read back: its rows, and every field that is not as the format wants it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from chutdiao.domain.agencyfile.cells import ZERO, CellError, Value, blank
from chutdiao.domain.agencyfile.layout import Column, Field, Layout, Shape
from chutdiao.domain.agencyfile.rows import Findings, Period, RawRow
from chutdiao.domain.agencyfile.writing import AgencyFile, Record, lines_of, write_records
from chutdiao.domain.dates import BUDDHIST
from chutdiao.domain.problem import Level, Problem


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file holds; ``problems`` name each field that breaks the format."""

    payer: Mapping[str, Value]
    period: Period | None
    rows: tuple[RawRow, ...]
    file: AgencyFile | None
    problems: tuple[Problem, ...]


def read_lines(
    layout: Layout, text: str, name: str, payer: Mapping[str, Value], period: Period | None = None
) -> ReadBack:
    """Read a file; ``payer`` and ``period`` are what a file without a header does not hold.

    The rows are written again and compared: counts, totals, order, widths and padding must be the same.
    """
    findings = Findings()
    warnings = list(_ends(text, layout, name, findings))
    lines = _split(text, layout, name, findings)
    if layout.headings:
        lines = lines[1:]
    found: dict[str, Value] = {}
    if layout.header and lines:
        number, parts = lines.pop(0)
        found = _record(layout.header, parts, name, number, findings)
    details = [(number, _record(layout.detail, parts, name, number, findings)) for number, parts in lines]
    period = _period(found or (details[0][1] if details else {})) or period
    taken = _payer(layout, payer, found, details)
    records = [_as_record(layout, n, number, values) for n, (number, values) in enumerate(details, 1)]
    rows = tuple(row for record in records for row in record.rows)
    if findings.stops:
        return ReadBack(taken, period, rows, None, (*findings.all(name), *warnings))
    file, problems = write_records(layout, taken, records, period, name)
    if file:
        _compare(layout, text, file, name, findings)
        problems = findings.all(name)
    return ReadBack(taken, period, rows, file, (*problems, *warnings))


def _ends(text: str, layout: Layout, name: str, findings: Findings) -> Iterator[Problem]:
    """Line ends and marks that another program may have left out or put in."""
    if text.count("\n") != text.count("\r\n"):
        findings.add(Problem("agencyfile.line-ends", name, {"name": name}))
    elif layout.last_break and not text.endswith("\r\n"):
        yield Problem("agencyfile.last-break", name, {"name": name}, Level.WARN)
    if text.startswith("\ufeff") and not layout.bom:
        yield Problem("agencyfile.bom", name, {"name": name}, Level.WARN)


def _split(text: str, layout: Layout, name: str, findings: Findings) -> list[tuple[int, list[str]]]:
    """Lines as fields, each line with the number of fields or positions the format gives it."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\r\n"), 1):
        if not line:
            continue
        head = bool(layout.header) and not found
        fields = layout.header if head else layout.detail
        if layout.shape is Shape.FIXED:
            wanted, have = sum(one.width for one in fields), len(line)
            parts = list(_cut(line, fields))
        else:
            parts = line.split(layout.separator)
            wanted, have = len(fields), len(parts)
        if wanted != have:
            values = {"line": str(number), "count": str(have), "wanted": str(wanted)}
            findings.add(Problem("agencyfile.count", f"{name}:{number}", values))
            continue
        found.append((number, parts))
    if not found:
        findings.add(Problem("agencyfile.empty", name, {"name": name}))
    return found


def _cut(line: str, fields: Sequence[Field]) -> Iterator[str]:
    start = 0
    for one in fields:
        yield line[start : start + one.width]
        start += one.width


def _record(
    fields: Sequence[Field], parts: Sequence[str], name: str, number: int, findings: Findings
) -> dict[str, Value]:
    """Values by what each field takes; ``#1`` marks the payment a field belongs to."""
    found: dict[str, Value] = {}
    for one, text in zip(fields, parts, strict=True):
        if one.kind == "fixed" or not one.take or one.only:
            continue
        key = f"{one.take}#{one.turn}" if one.turn >= 0 else one.take
        try:
            value = _decoded(one, text)
        except CellError as wrong:
            place = f"{name}:{number}:{one.id}"
            values = {"line": str(number), "field": one.id, "value": text[:80], **wrong.values}
            findings.add(Problem(wrong.code, place, values))
            continue
        found.setdefault(key, value)
    return found


def _decoded(one: Field, text: str) -> Value:
    if one.kind in ("amount", "rate", "satang"):
        return _number(one, text)
    if one.kind == "date":
        return "" if text.strip() in ("", one.empty) else _day(one.pattern, text)
    if one.kind == "code":
        bare = text.strip()
        if not bare or bare == one.empty:
            return ""
        for word, code in one.codes.items():
            if code == bare:
                return word
        raise CellError("agencyfile.no-code", known=", ".join(one.codes.values()))
    if one.kind in ("digits", "whole"):
        bare = text.strip()
        if bare == one.empty and one.empty:
            return ""
        if bare and not (bare.isascii() and bare.isdigit()):
            raise CellError("agencyfile.digits")
        return str(int(bare)) if one.zeros and bare and _is_count(one) else bare
    return "" if one.empty and text == one.empty else text.rstrip(" ")


def _is_count(one: Field) -> bool:
    return one.kind == "whole" or one.take.endswith("branch")


def _number(one: Field, text: str) -> Decimal:
    bare = text.strip()
    if not bare:
        return ZERO
    try:
        if one.kind == "satang":
            if not (bare.isascii() and bare.isdigit()):
                raise InvalidOperation
            return Decimal(bare).scaleb(-2) + ZERO
        number = Decimal(bare)
    except InvalidOperation:
        raise CellError("agencyfile.number") from None
    if not number.is_finite() or "e" in bare.casefold() or not bare.isascii():
        raise CellError("agencyfile.number")
    return number + ZERO


def _day(pattern: str, text: str) -> date:
    try:
        part = {key: int(text[pattern.index(key) :][: len(key)]) for key in ("DD", "MM")}
        key = "YYYY" if "YYYY" in pattern else "YY"
        year = int(text[pattern.index(key) :][: len(key)])
        return date((year if key == "YYYY" else 2500 + year) - BUDDHIST, part["MM"], part["DD"])
    except ValueError:
        raise CellError("agencyfile.date") from None


def _period(found: Mapping[str, Value]) -> Period | None:
    try:
        both = str(found.get("period.month_year", ""))
        if both:
            return Period(2500 + int(both[2:]) - BUDDHIST, int(both[:2]))
        return Period(int(str(found["period.year"])) - BUDDHIST, int(str(found.get("period.month", "0"))))
    except (KeyError, ValueError):
        return None


def _payer(
    layout: Layout,
    given: Mapping[str, Value],
    header: Mapping[str, Value],
    details: Sequence[tuple[int, Mapping[str, Value]]],
) -> dict[str, Value]:
    """The payer the file names, then what was given, then blanks."""
    first = details[0][1] if details else {}
    return {
        column.id: header.get(
            f"payer.{column.id}", first.get(f"payer.{column.id}", given.get(column.id, _usual(column)))
        )
        for column in layout.payer
    }


def _usual(column: Column) -> Value:
    return column.default if column.default and not column.default.startswith("=") else blank(column)


def _as_record(layout: Layout, n: int, number: int, values: Mapping[str, Value]) -> Record:
    shared = {c.id: values.get(c.id, blank(c)) for c in layout.columns if c.id not in layout.payees.columns}
    if not layout.payees.columns:
        return Record(n, (RawRow(number, shared),))
    rows = []
    for turn in range(layout.payees.most):
        own = {name: values.get(f"{name}#{turn}", "") for name in layout.payees.columns}
        if turn == 0 or any(own.values()):
            rows.append(RawRow(number, shared | own))
    return Record(n, tuple(rows))


def _compare(layout: Layout, text: str, file: AgencyFile, name: str, findings: Findings) -> None:
    """Each line as it is beside each line as these rows would be written."""
    is_lines = text.removeprefix("\ufeff").split("\r\n")
    if layout.last_break and is_lines and is_lines[-1] == "":
        is_lines.pop()
    for number, (found, wanted) in enumerate(zip(is_lines, lines_of(file), strict=False), 1):
        if found == wanted:
            continue
        fields = layout.header if number == 1 and layout.header else layout.detail
        for one, was, right in zip(
            fields, _parts(layout, found, fields), _parts(layout, wanted, fields), strict=False
        ):
            if was != right:
                values = {"line": str(number), "field": one.id, "value": was.strip(), "right": right.strip()}
                findings.add(Problem("agencyfile.differs", f"{name}:{number}:{one.id}", values))
    if len(is_lines) != len(file.details) + bool(file.header) + layout.headings:
        findings.add(Problem("agencyfile.lines", name, {"name": name}))


def _parts(layout: Layout, line: str, fields: Sequence[Field]) -> list[str]:
    return list(_cut(line, fields)) if layout.shape is Shape.FIXED else line.split(layout.separator)
