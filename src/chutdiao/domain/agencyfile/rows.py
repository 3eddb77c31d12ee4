"""Rows and the payer as the user gave them, read and checked; every bad cell with its place and cure."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches

from chutdiao.domain.agencyfile.cells import CellError, Value, blank, loose_identity, reader
from chutdiao.domain.agencyfile.fields import encoder, without_slash
from chutdiao.domain.agencyfile.layout import Column, Layout
from chutdiao.domain.dates import BUDDHIST, add_months
from chutdiao.domain.money import round_to
from chutdiao.domain.problem import Level, Problem
from chutdiao.domain.text import search_key

MOST_PROBLEMS = 200
_SATANG = Decimal("0.01")
_SHOWN = 80


Due = Callable[[Decimal], Decimal]


@dataclass(frozen=True, slots=True)
class Period:
    """A tax month, or a tax year where ``month`` is 0; the year is Common Era."""

    year: int
    month: int = 0

    @property
    def last_day(self) -> date:
        """The last day of the month or year."""
        return add_months(date(self.year, self.month or 12, 1), 1) - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return day.year == self.year and self.month in (0, day.month)

    def __str__(self) -> str:
        year = self.year + BUDDHIST
        return f"{year}-{self.month:02d}" if self.month else str(year)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was given: its titles, and each row with its own number in the file."""

    name: str
    titles: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row whose cells have been read; ``number`` is its line in the user's file."""

    number: int
    values: Mapping[str, Value]


@dataclass(slots=True)
class Findings:
    """What was found so far: at most ``MOST_PROBLEMS`` that stop and as many that warn, the rest counted."""

    stops: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, problem: Problem) -> None:
        kept = self.stops if problem.level is Level.STOP else self.warnings
        if len(kept) < MOST_PROBLEMS:
            kept.append(problem)
        else:
            self.more += 1

    def all(self, place: str) -> list[Problem]:
        """The problems, those that stop first, and one that says how many are not listed."""
        found = [*sorted(self.stops, key=_row_of), *self.warnings]
        if not self.more:
            return found
        shown = {"count": str(self.more), "shown": str(len(found))}
        level = Level.STOP if self.stops else Level.WARN
        return [*found, Problem("sheet.more-problems", place, shown, level)]


def _row_of(problem: Problem) -> int:
    row = problem.values.get("row", "")
    return int(row) if row.isdigit() else 0


def cell_problem(
    wrong: CellError,
    sheet: str,
    row: int,
    column: Column | None,
    name: str,
    value: object,
    level: Level = Level.STOP,
) -> Problem:
    """What is wrong with one cell, as a problem with row, column, value, rule and cure."""
    title = column.title if column else None
    values = {
        "row": str(row),
        "column": title.th if title else name,
        "column_en": title.en if title else name,
        "value": str(value)[:_SHOWN],
        **wrong.values,
    }
    return Problem(wrong.code, f"{sheet}:{row}:{name}", values, level, mend=wrong.mend or None)


def read_rows(
    layout: Layout,
    sheet: Sheet,
    period: Period | None,
    today: date,
    payer: Mapping[str, Value],
    accept: bool = False,
    due: Due | None = None,
    slash: str = "refuse",
) -> tuple[list[RawRow], list[Problem]]:
    """The rows of a sheet as values; the problems that stop the file and, with ``accept``, warnings.

    ``due`` says which contribution follows from wages, for layouts of insured persons.
    """
    columns, problems = match_titles(layout.columns, sheet)
    if problems:
        return [], problems
    if not sheet.rows:
        return [], [Problem("sheet.no-rows", sheet.name, {"name": sheet.name})]
    findings = Findings()
    rounded: list[None] = []
    readers = [(n, column, reader(column, today, lambda: rounded.append(None))) for n, column in columns]
    absent = {c.id: _default(c, today) for c in layout.columns if c.id not in {k.id for _, k in columns}}
    check = _Checks(layout, sheet.name, period, payer, accept, due)
    rows = []
    for number, cells in sheet.rows:
        values = dict(absent)
        for n, column, read in readers:
            text = cells[n] if n < len(cells) else ""
            try:
                values[column.id] = _value(text, column, read, values, cells, columns)
            except CellError as wrong:
                findings.add(cell_problem(wrong, sheet.name, number, column, column.id, text))
        row = RawRow(number, values)
        for problem in check.row(row):
            findings.add(problem)
        rows.append(row)
    if findings.stops:
        # The file is stopped: say at once what the format would refuse as well.
        _refused(layout, rows, sheet.name, slash, findings)
    if rounded:
        findings.add(Problem("sheet.rounded", sheet.name, {"count": str(len(rounded))}, Level.WARN))
    return rows, findings.all(sheet.name)


def _refused(layout: Layout, rows: Sequence[RawRow], sheet: str, slash: str, findings: Findings) -> None:
    """Every cell that cannot be written as its field."""
    fields = {one.take: one for one in layout.detail if layout.column(one.take) and not one.only}
    encoders = [(one, layout.column(name), encoder(layout, one)) for name, one in fields.items()]
    for row in rows:
        for one, column, encode in encoders:
            if one.take in row.values:
                value = row.values[one.take]
                try:
                    encode(without_slash(one, value, slash))
                except CellError as wrong:
                    findings.add(cell_problem(wrong, sheet, row.number, column, one.take, value))


def _value(
    text: str,
    column: Column,
    read: Callable[[str], Value],
    values: Mapping[str, Value],
    cells: Sequence[str],
    columns: Sequence[tuple[int, Column]],
) -> Value:
    if not text or not text.strip():
        if column.default:
            return read(column.default)
        if column.required:
            raise CellError("cell.missing")
        return blank(column)
    if column.unless and _is_lifted(column.unless, values, cells, columns):
        return loose_identity(text)
    return read(text)


def _is_lifted(
    name: str, values: Mapping[str, Value], cells: Sequence[str], columns: Sequence[tuple[int, Column]]
) -> bool:
    if name in values:
        return values[name] == "1"
    place = next((n for n, column in columns if column.id == name), len(cells))
    return place < len(cells) and cells[place].strip().casefold() in ("yes", "y", "1", "ใช่", "true")


def _default(column: Column, today: date) -> Value:
    return reader(column, today)(column.default) if column.default else blank(column)


def match_titles(wanted: Sequence[Column], sheet: Sheet) -> tuple[list[tuple[int, Column]], list[Problem]]:
    """Which column each title means, by id or by its Thai or English title."""
    by_word = {search_key(word): c for c in wanted for word in (c.id, c.title.th, c.title.en) if word}
    found: list[tuple[int, Column]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for n, title in enumerate(sheet.titles):
        column = by_word.get(search_key(title))
        if not title.strip():
            if any(n < len(cells) and cells[n].strip() for _, cells in sheet.rows):
                problems.append(Problem("sheet.no-title", sheet.name, {"number": str(n + 1)}))
        elif column is None:
            near = _nearest(title, [c.id for c in wanted])
            values = {"title": title[:_SHOWN], "nearest": near}
            problems.append(Problem("sheet.unknown-column", f"{sheet.name}:1:{title[:_SHOWN]}", values))
        elif column.id in seen:
            problems.append(Problem("sheet.twice", f"{sheet.name}:1:{column.id}", {"title": title[:_SHOWN]}))
        else:
            seen.add(column.id)
            found.append((n, column))
    for column in wanted:
        if column.required and not column.default and column.id not in seen:
            values = {"column": column.title.th, "column_en": column.title.en, "id": column.id}
            problems.append(Problem("sheet.missing-column", f"{sheet.name}:1:{column.id}", values))
    return found, problems


def _nearest(word: str, known: Collection[str]) -> str:
    return next(iter(get_close_matches(word.casefold(), list(known), 1)), "–")


@dataclass(slots=True)
class _Checks:
    """Rules between the cells of one row, and between a row and the payer or the period."""

    layout: Layout
    sheet: str
    period: Period | None
    payer: Mapping[str, Value]
    accept: bool
    due: Due | None = None
    _dates: tuple[Column, ...] = ()
    _additional: tuple[Column, ...] = ()

    def __post_init__(self) -> None:
        self._dates = tuple(c for c in self.layout.columns if c.in_period)
        self._additional = tuple(c for c in self.layout.columns if c.additional)

    def row(self, row: RawRow) -> Iterator[Problem]:
        for column in self._dates:
            day = row.values.get(column.id)
            if self.period and isinstance(day, date) and day not in self.period:
                wrong = CellError("cell.period", period=str(self.period))
                yield cell_problem(wrong, self.sheet, row.number, column, column.id, _shown(day))
        if self.payer.get("form_type", "00") == "00":
            for column in self._additional:
                if value := row.values.get(column.id):
                    yield cell_problem(
                        CellError("cell.additional"), self.sheet, row.number, column, column.id, value
                    )
        if self.layout.taxed and row.values.keys() >= set(self.layout.taxed):
            yield from self._tax(row, *self.layout.taxed)
        if self.due and self.layout.insured and row.values.keys() >= set(self.layout.insured):
            yield from self._insured(row, self.due, *self.layout.insured)

    def _insured(self, row: RawRow, due: Due, wages: str, contribution: str) -> Iterator[Problem]:
        """The contribution is what the law makes of the wages, in whole baht."""
        paid, given = Decimal(str(row.values[wages])), Decimal(str(row.values[contribution]))
        right = due(paid)
        if right != given:
            wrong = CellError("cell.contribution", right=f"{right:,.2f}", wages=f"{paid:,.2f}")
            column = self.layout.column(contribution)
            level = Level.WARN if self.accept else Level.STOP
            yield cell_problem(wrong, self.sheet, row.number, column, contribution, f"{given:,.2f}", level)

    def _tax(self, row: RawRow, amount: str, rate: str, tax: str) -> Iterator[Problem]:
        """The tax is the amount times the rate to the satang; a rate of 0 says progressive."""
        base, per_cent, held = (Decimal(str(row.values[name])) for name in (amount, rate, tax))
        column = self.layout.column(tax)
        if held > base:
            wrong = CellError("cell.tax-over", amount=f"{base:,.2f}")
            yield cell_problem(wrong, self.sheet, row.number, column, tax, f"{held:,.2f}")
        elif per_cent:
            right = round_to(base * per_cent / 100, "satang")
            if abs(right - held) > _SATANG:
                wrong = CellError(
                    "cell.tax-differs", right=f"{right:,.2f}", amount=f"{base:,.2f}", rate=f"{per_cent:f}"
                )
                level = Level.WARN if self.accept else Level.STOP
                yield cell_problem(wrong, self.sheet, row.number, column, tax, f"{held:,.2f}", level)


def _shown(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year + BUDDHIST}"


def read_payer(
    layout: Layout, data: Mapping[str, str], name: str, known: Collection[str], today: date
) -> tuple[dict[str, Value], list[Problem]]:
    """The payer's answers as values; keys no layout knows are problems."""
    problems = [
        Problem("sheet.unknown-column", f"{name}:{key}", {"title": key, "nearest": _nearest(key, known)})
        for key in data
        if key not in known
    ]
    values: dict[str, Value] = {}
    for column in layout.payer:
        text = data.get(column.id, "") or column.default
        try:
            if text.startswith("="):
                values[column.id] = values.get(text[1:], blank(column))
            elif text.strip():
                values[column.id] = reader(column, today)(text)
            elif column.required:
                raise CellError("payer.missing")
            else:
                values[column.id] = blank(column)
        except CellError as wrong:
            title = {"column": column.title.th, "column_en": column.title.en, "key": column.id}
            shown = {"row": "–", **title, "value": text[:_SHOWN], **wrong.values}
            problems.append(Problem(wrong.code, f"{name}:{column.id}", shown, mend=wrong.mend or None))
    if layout.one_of and not problems and not any(values.get(key) == "1" for key in layout.one_of):
        problems.append(Problem("payer.one-of", name, {"keys": ", ".join(layout.one_of)}))
    return values, problems
