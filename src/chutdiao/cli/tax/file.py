"""``chutdiao tax file``: the agencies' own upload files, written from rows, checked and read back."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path

from chutdiao import paths
from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.agencyfile import (
    AgencyFile,
    Layout,
    Period,
    RawRow,
    Shape,
    Sheet,
    read_lines,
    read_payer,
    read_rows,
    write_rows,
)
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.tax.social_security import contribution
from chutdiao.domain.tax.working import Working

_SLASHES = ("refuse", "dash", "thap")
_LISTED = 1_000
_MOST_NAMED = 50
Layouts = Mapping[str, Layout]


def _layouts() -> Layouts:
    from chutdiao.formlib.shelf import Shelf

    return Shelf(paths.forms_dir()).layouts()


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--form", help="which form: see the list below")
    parser.add_argument("--period", help="month 2569-04, or year 2569 for a yearly form")
    parser.add_argument("--payer", type=Path, metavar="PAYER.json", help="who files")
    parser.add_argument("--rows", type=Path, metavar="ROWS", help="rows in CSV, Excel (.xlsx) or JSON")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder to write into")
    parser.add_argument("--layout", help="another layout of the form: see the list below")
    parser.add_argument("--additional", metavar="N", help="additional filing number 1 to 99")
    parser.add_argument(
        "--house-slash",
        metavar="WHAT",
        default="refuse",
        help="for / in an address: refuse, dash (99-1) or thap (99 ทับ 1)",
    )
    parser.add_argument(
        "--accept-differences", action="store_true", help="write also where the tax is not amount times rate"
    )
    parser.add_argument("--template", action="store_true", help="the columns, with remarks and an example")
    parser.add_argument(
        "--read", type=Path, metavar="FILE", help="read an agency's file back; with --out also as rows"
    )
    # Read once: the list below and the work itself need the same layouts.
    parser.set_defaults(layouts=_layouts())
    parser.epilog = "forms and layouts (* is used when --layout is left out):\n" + "\n".join(
        f"  {layout.form:8} {layout.name}{' *' if layout.default else ''}  {layout.title.en}"
        for layout in parser.get_default("layouts").values()
        if not layout.report
    )


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    layouts: Layouts = options.layouts
    layout = _chosen(layouts, options)
    _warn(working, layout)
    if options.template:
        return _template(layout, options)
    if options.read:
        return _read(layouts, layout, options, working, today)
    return _write(layouts, layout, options, working, today)


def _chosen(layouts: Layouts, options: argparse.Namespace) -> Layout:
    usable = [layout for layout in layouts.values() if not layout.report]
    form = reading.code(options.form, "--form", {layout.form for layout in usable})
    of_form = {layout.name: layout for layout in usable if layout.form == form}
    if options.layout:
        return of_form[reading.code(options.layout, "--layout", set(of_form))]
    return next((layout for layout in of_form.values() if layout.default), next(iter(of_form.values())))


def _warn(working: Working, layout: Layout) -> None:
    """What is not sure about the layout as a whole."""
    if layout.confidence != "high":
        working.warn("agencyfile.unverified", layout=layout.name, source=layout.source)
    for doubt in layout.doubts:
        if not doubt.column:
            working.warnings.append(_doubt(layout, doubt.id))


def _doubt(layout: Layout, name: str) -> Problem:
    doubt = next(doubt for doubt in layout.doubts if doubt.id == name)
    values = {"source": doubt.source or layout.source}
    return Problem("agencyfile.doubt", f"{layout.id}.{name}", values, Level.WARN, say=doubt.say)


def _warn_of_rows(working: Working, layout: Layout, rows: list[RawRow]) -> None:
    """What is not sure about values these very rows use."""
    for doubt in layout.doubts:
        if doubt.column and any(_touches(row.values.get(doubt.column), doubt.values) for row in rows):
            working.warnings.append(_doubt(layout, doubt.id))
    for number, first, second in islice(_named_twice(layout, rows), _MOST_NAMED):
        working.warn("agencyfile.payee-differs", number=number, first=str(first), second=str(second))


def _named_twice(layout: Layout, rows: list[RawRow]) -> Iterator[tuple[str, int, int]]:
    """Payees of one number whose name or address differs, which makes records of them apart."""
    if not layout.payees.columns:
        return
    said = [c.id for c in layout.columns if c.id not in layout.payees.columns]
    seen: dict[object, RawRow] = {}
    told: set[object] = set()
    for row in rows:
        number = row.values[said[0]]
        first = seen.setdefault(number, row)
        if number not in told and any(row.values[name] != first.values[name] for name in said):
            told.add(number)
            yield str(number), first.number, row.number


def _touches(value: object, values: tuple[str, ...]) -> bool:
    return value in values if values else bool(value)


def _period(text: str | None, layout: Layout) -> Period:
    if layout.yearly:
        return Period(reading.year(text, "--period"))
    month = reading.month(text, "--period")
    return Period(month.year, month.month)


def _payer(
    layouts: Layouts,
    layout: Layout,
    options: argparse.Namespace,
    today: date,
    usual: Mapping[str, str] | None = None,
) -> Mapping[str, str | date]:
    from chutdiao.agencyfiles.tables import read_object

    if options.payer is None and usual is None:
        return {}
    path = Path(reading.needed(str(options.payer or ""), "--payer"))
    data = dict(usual or {}) | {key: text for key, text in read_object(path).items() if text.strip()}
    if options.additional is not None:
        data["form_type"] = f"{reading.whole(options.additional, '--additional', 1, 99):02d}"
    known = {column.id for one in layouts.values() for column in one.payer}
    payer, problems = read_payer(layout, data, path.name, known, today)
    if problems:
        raise ChutdiaoError(*problems)
    return payer  # type: ignore[return-value]


def _usual(layout: Layout, period: Period, working: Working) -> dict[str, str]:
    """What the law of the period says where the payer leaves it open, in per cent."""
    named = [column for column in layout.payer if column.parameter]
    return {c.id: f"{working.at(c.parameter, period.last_day) * 100:f}" for c in named}


def _template(layout: Layout, options: argparse.Namespace) -> Mapping[str, Value]:
    from chutdiao.agencyfiles.saving import payer_template, rows_template, save_into

    columns: list[Value] = [
        {"id": c.id, "th": c.title.th, "en": c.title.en, "needed": c.required} for c in layout.columns
    ]
    rows = rows_template(layout)
    if not options.out:
        return {
            "form": layout.form,
            "layout": layout.name,
            "columns": columns,
            "template": rows.decode("utf-8-sig"),
        }
    path = save_into(options.out, f"{layout.form}-{layout.name}-rows.csv", rows)
    payer = save_into(options.out, f"{layout.form}-{layout.name}-payer.json", payer_template(layout))
    return {
        "path": str(path),
        "payer": str(payer),
        "form": layout.form,
        "layout": layout.name,
        "columns": columns,
    }


def _write(
    layouts: Layouts, layout: Layout, options: argparse.Namespace, working: Working, today: date
) -> Mapping[str, Value]:
    from chutdiao.agencyfiles.saving import save
    from chutdiao.agencyfiles.tables import read_sheet

    period = _period(options.period, layout)
    slash = reading.code(options.house_slash, "--house-slash", _SLASHES)
    out = Path(reading.needed(str(options.out or ""), "--out"))
    payer = _payer(layouts, layout, options, today, _usual(layout, period, working))
    sheet, warnings = read_sheet(Path(reading.needed(str(options.rows or ""), "--rows")))
    working.warnings.extend(warnings)
    due = _contribution(period, working) if layout.insured else None
    rows, problems = read_rows(layout, sheet, period, today, payer, options.accept_differences, due, slash)
    _stop(problems, working)
    file, problems = write_rows(layout, payer, rows, period, sheet.name, slash)
    _stop(problems, working)
    assert file is not None
    _warn_of_rows(working, layout, rows)
    if file.slashes:
        working.warn("agencyfile.slashes", count=str(file.slashes))
    path = save(file, out)
    return {"path": str(path), **_summary(file, len(rows), str(period), working)}


def _contribution(period: Period, working: Working) -> Callable[[Decimal], Decimal]:
    """What each wage owes for the month; doubts about its rates go to ``working``, steps do not."""
    aside = Working(working.parameters, warnings=working.warnings)

    @lru_cache(4096)
    def due(wages: Decimal) -> Decimal:
        return contribution(wages, date(period.year, period.month, 1), aside).employee

    return due


def _stop(problems: list[Problem], working: Working) -> None:
    if any(problem.level is Level.STOP for problem in problems):
        raise ChutdiaoError(*problems)
    working.warnings.extend(problems)


def _summary(file: AgencyFile, rows: int, period: str, working: Working) -> dict[str, Value]:
    layout = file.layout
    amount, tax = file.total(layout.amount), file.total(layout.tax)
    titles = {column.id: column.title for column in layout.columns}
    for name, value in ((layout.amount, amount), (layout.tax, tax)):
        if name:
            working.note(f"รวม{titles[name].th}", f"Sum of {titles[name].en.lower()}", value)
    return {
        "form": layout.form,
        "layout": layout.name,
        "period": period,
        "rows": rows,
        "records": len(file.details),
        "total_amount": amount,
        "total_tax": tax,
    }


def _read(
    layouts: Layouts, layout: Layout, options: argparse.Namespace, working: Working, today: date
) -> Mapping[str, Value]:
    from chutdiao.agencyfiles.saving import cell_text, payer_json, rows_csv, save_into

    period = _period(options.period, layout) if options.period else None
    # A header names the payer itself; rows without one need to be told.
    payer = {} if layout.header else _payer(layouts, layout, options, today)
    rows, payer, period, file = _read_back(layout, options.read, payer, period, working, today)
    result: dict[str, Value] = {"path": str(options.read)}
    if options.out:
        stem = f"{options.read.stem}-rows"
        result["rows_path"] = str(save_into(options.out, f"{stem}.csv", rows_csv(layout, rows)))
        result["payer_path"] = str(save_into(options.out, f"{stem}-payer.json", payer_json(layout, payer)))
    listed: list[Value] = [{key: cell_text(v) for key, v in row.values.items()} for row in rows[:_LISTED]]
    shown = {key: cell_text(value) for key, value in payer.items()}
    summary = _summary(file, len(rows), str(period or ""), working)
    return result | summary | {"payer": shown, "data": listed, "data_complete": len(rows) <= _LISTED}


def _read_back(
    layout: Layout,
    path: Path,
    payer: Mapping[str, str | date],
    period: Period | None,
    working: Working,
    today: date,
) -> tuple[list[RawRow], Mapping[str, object], Period | None, AgencyFile]:
    from chutdiao.agencyfiles.tables import read_bounded, read_sheet

    if layout.shape is Shape.SHEET:
        sheet, _ = read_sheet(path)
        names = {one.title.th: one.take for one in layout.detail}
        sheet = Sheet(sheet.name, tuple(names.get(title, title) for title in sheet.titles), sheet.rows)
        rows, problems = read_rows(layout, sheet, period, today, payer)
        _stop(problems, working)
        file, problems = write_rows(layout, payer, rows, period, path.name)
        _stop(problems, working)
        assert file is not None
        return rows, payer, period, file
    try:
        text = read_bounded(path).decode(layout.encoding)
    except UnicodeDecodeError:
        values = {"name": path.name, "encoding": layout.encoding.upper()}
        raise ChutdiaoError(Problem("agencyfile.encoding", path.name, values)) from None
    back = read_lines(layout, text, path.name, payer, period)
    _stop(list(back.problems), working)
    assert back.file is not None
    _warn_of_rows(working, layout, list(back.rows))
    return list(back.rows), back.payer, back.period, back.file


COMMAND = computed("file", "Write or read an agency's own upload file", _arguments, _compute)
