"""From rows to the agency's lines: grouping, totals, and every field within what the format takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from chutdiao.domain.agencyfile.cells import CellError, Value
from chutdiao.domain.agencyfile.fields import Encode, encoder, padded, without_slash
from chutdiao.domain.agencyfile.layout import Field, Layout, Shape
from chutdiao.domain.agencyfile.rows import Findings, Period, RawRow, cell_problem
from chutdiao.domain.dates import BUDDHIST
from chutdiao.domain.problem import Problem
from chutdiao.domain.text import LocalText


@dataclass(frozen=True, slots=True)
class Record:
    """One line to be: what is said once, and the payments it holds."""

    seq: int
    rows: tuple[RawRow, ...]


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """A file ready to be written: its name, its lines as fields, and what it adds up to."""

    layout: Layout
    name: str
    header: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    slashes: int = 0
    sheet: str = ""

    def total(self, column: str) -> Decimal:
        """The sum of a column over all rows; 0 where the layout has none."""
        return self.totals.get(column, Decimal("0.00"))


def write_rows(
    layout: Layout,
    payer: Mapping[str, Value],
    rows: Sequence[RawRow],
    period: Period | None,
    sheet: str,
    slash: str = "refuse",
) -> tuple[AgencyFile | None, list[Problem]]:
    """The file of these rows, or what stops it.

    ``slash`` is what becomes of ``/`` in a house number where the format forbids it: refuse, dash, thap.
    """
    return write_records(layout, payer, grouped(layout, rows), period, sheet, slash)


def write_records(
    layout: Layout,
    payer: Mapping[str, Value],
    records: Sequence[Record],
    period: Period | None,
    sheet: str,
    slash: str = "refuse",
) -> tuple[AgencyFile | None, list[Problem]]:
    """As ``write_rows``, with the payments already laid into records."""
    findings = Findings()
    around = _around(payer, period, totals_of(layout, records))
    writer = _Writer(layout, around, slash, sheet, findings)
    header = tuple(writer.header())
    plans = {n: writer.plan(n) for n in {len(record.rows) for record in records}}
    details = tuple(writer.detail(plans[len(record.rows)], record) for record in records)
    problems = findings.all(sheet)
    if problems:
        return None, problems
    totals = {key.removeprefix("total."): v for key, v in around.items() if isinstance(v, Decimal)}
    name, page = filled(layout.file, around), filled(layout.sheet, around)
    return AgencyFile(layout, name, header, details, totals, writer.slashes, page), []


def grouped(layout: Layout, rows: Sequence[RawRow]) -> list[Record]:
    """Rows of one payee together, in order of first appearance, at most ``most`` payments a record."""
    if not layout.payees.columns:
        return [Record(n, (row,)) for n, row in enumerate(rows, 1)]
    same = [c.id for c in layout.columns if c.id not in layout.payees.columns]
    by_payee: dict[tuple[Value, ...], list[RawRow]] = {}
    for row in rows:
        by_payee.setdefault(tuple(row.values[name] for name in same), []).append(row)
    records: list[Record] = []
    for payments in by_payee.values():
        for start in range(0, len(payments), layout.payees.most):
            records.append(Record(len(records) + 1, tuple(payments[start : start + layout.payees.most])))
    return records


def totals_of(layout: Layout, records: Sequence[Record]) -> dict[str, Value]:
    """``total.rows``, the number of records, and the sum of each amount column."""
    totals: dict[str, Value] = {"total.rows": str(len(records))}
    for column in layout.columns:
        if column.kind == "amount":
            amounts = (row.values[column.id] for record in records for row in record.rows)
            totals[f"total.{column.id}"] = sum(
                (a for a in amounts if isinstance(a, Decimal)), Decimal("0.00")
            )
    return totals


def _around(
    payer: Mapping[str, Value], period: Period | None, totals: Mapping[str, Value]
) -> dict[str, Value]:
    around: dict[str, Value] = {f"payer.{key}": value for key, value in payer.items()}
    if period:
        around |= {
            "period.month": f"{period.month:02d}",
            "period.year": str(period.year + BUDDHIST),
            "period.month_year": f"{period.month:02d}{(period.year + BUDDHIST) % 100:02d}",
            "period.day": period.last_day,
        }
    return around | dict(totals)


def filled(pattern: str, around: Mapping[str, Value]) -> str:
    """A name by its pattern; braces hold a value, ``{payer.branch:6}`` one filled with zeros."""
    name = pattern
    for part in braces(pattern):
        key, _, width = part.partition(":")
        name = name.replace("{" + part + "}", str(around.get(key, "")).zfill(int(width or 0)))
    return name


def braces(pattern: str) -> list[str]:
    """What stands in braces."""
    return [piece.split("}")[0] for piece in pattern.split("{")[1:]]


@dataclass(frozen=True, slots=True)
class _Step:
    """How one field is written: ``said`` for every record alike, or from ``column`` of a payment."""

    one: Field
    said: str | None
    column: str
    turn: int
    encode: Encode


class _Writer:
    """Turns records into fields, noting each field the format does not take."""

    def __init__(
        self, layout: Layout, around: Mapping[str, Value], slash: str, sheet: str, findings: Findings
    ) -> None:
        self._layout, self._around, self._sheet, self._findings = layout, around, sheet, findings
        self._slash = slash
        self._columns = {column.id for column in layout.columns}
        self.slashes = 0

    def header(self) -> Iterator[str]:
        for one in self._layout.header:
            yield self._written(one, encoder(self._layout, one), None)

    def plan(self, payments: int) -> list[_Step]:
        """How a record of so many payments is written; what is alike for all is written here."""
        return [self._step(one, encoder(self._layout, one), payments) for one in self._layout.detail]

    def _step(self, one: Field, encode: Encode, payments: int) -> _Step:
        said = None
        own = one.plus or one.only or (one.slash and self._slash != "refuse")
        column = one.take if one.take in self._columns and not own else ""
        if one.kind == "fixed":
            said = padded(self._layout, one, one.fixed)
        elif one.turn >= payments:
            said = padded(self._layout, one, one.empty)
        elif one.take in self._around and not one.plus:
            said = self._written(one, encode, None)
        return _Step(one, said, column, max(one.turn, 0), encode)

    def detail(self, plan: Sequence[_Step], record: Record) -> tuple[str, ...]:
        parts = []
        rows = record.rows
        for step in plan:
            if step.said is not None:
                parts.append(step.said)
            elif step.column:
                try:
                    parts.append(step.encode(rows[step.turn].values[step.column]))
                except CellError as wrong:
                    self._note(wrong, step.one, record)
                    parts.append("")
            else:
                parts.append(self._written(step.one, step.encode, record))
        return tuple(parts)

    def _written(self, one: Field, encode: Encode, record: Record | None) -> str:
        if one.kind == "fixed":
            return padded(self._layout, one, one.fixed)
        try:
            if one.only and not self._holds(one.only):
                return padded(self._layout, one, one.empty)
            value = self._value(one, record)
            kept = without_slash(one, value, self._slash)
            self.slashes += kept is not value
            return encode(kept)
        except CellError as wrong:
            self._note(wrong, one, record)
            return ""

    def _holds(self, only: str) -> bool:
        name, _, wanted = only.partition("=")
        return self._around.get(name) == wanted

    def _value(self, one: Field, record: Record | None) -> Value:
        if one.plus or one.minus:
            add = sum((self._amount(name, record) for name in one.plus), Decimal("0.00"))
            left = add - sum((self._amount(name, record) for name in one.minus), Decimal("0.00"))
            if one.positive and left < 0:
                raise CellError("cell.below-zero", result=f"{left:,.2f}", parts=", ".join(one.minus))
            return left
        return self._taken(one.take, record, one.turn)

    def _amount(self, name: str, record: Record | None) -> Decimal:
        found = self._taken(name, record, 0)
        return found if isinstance(found, Decimal) else Decimal("0.00")

    def _taken(self, name: str, record: Record | None, turn: int) -> Value:
        if name in self._around:
            return self._around[name]
        if record is None:
            return ""
        if name == "seq":
            return str(record.seq)
        return record.rows[max(turn, 0)].values.get(name, "")

    def _note(self, wrong: CellError, one: Field, record: Record | None) -> None:
        column = self._layout.column(one.take)
        row = record.rows[max(one.turn, 0)] if record else None
        if row is not None and column is not None:
            found = cell_problem(wrong, self._sheet, row.number, column, column.id, row.values[column.id])
            self._findings.add(found)
            return
        payer = next((c for c in self._layout.payer if f"payer.{c.id}" == one.take), None)
        title = payer.title if payer else LocalText(one.title.th or one.id, one.title.en or one.id)
        values = {
            "row": str(row.number) if row else "–",
            "column": title.th,
            "column_en": title.en,
            "value": str(self._around.get(one.take, ""))[:80],
            **wrong.values,
        }
        place = f"{self._sheet}:{row.number}:{one.id}" if row else one.take or one.id
        problem = Problem(wrong.code, place, values)
        # What the payer says stands in every record and is wrong once.
        if problem not in self._findings.stops:
            self._findings.add(problem)


def lines_of(file: AgencyFile) -> Iterator[str]:
    """The lines of a delimited or fixed file, without line ends."""
    between = file.layout.separator if file.layout.shape is Shape.DELIMITED else ""
    if file.layout.headings:
        yield between.join(one.title.th for one in file.layout.detail)
    if file.header:
        yield between.join(file.header)
    for detail in file.details:
        yield between.join(detail)


def to_bytes(file: AgencyFile) -> bytes:
    """The file as the agency reads it: its encoding, CR LF after every line."""
    text = "\r\n".join(lines_of(file)) + ("\r\n" if file.layout.last_break else "")
    return (b"\xef\xbb\xbf" if file.layout.bom else b"") + text.encode(file.layout.encoding)
