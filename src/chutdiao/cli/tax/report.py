"""``chutdiao tax report``: input and output tax reports as spreadsheets, also from e-Tax invoices."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from chutdiao import paths
from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.agencyfile import Layout, Period, RawRow, read_payer, read_rows, write_rows
from chutdiao.domain.agencyfile.rows import MOST_PROBLEMS
from chutdiao.domain.dates import BUDDHIST, MONTHS_TH
from chutdiao.domain.ids import show_identity
from chutdiao.domain.problem import ChutdiaoError, Level, Problem
from chutdiao.domain.tax.working import Working

_MOST_INVOICES = 20_000
_KINDS = ("purchase", "sales")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", help="purchase or sales")
    parser.add_argument("--rows", type=Path, metavar="ROWS", help="rows in CSV, Excel (.xlsx) or JSON")
    parser.add_argument("--etax", type=Path, nargs="+", metavar="XML", help="e-Tax invoices (purchase)")
    parser.add_argument("--period", help="tax month such as 2569-04")
    parser.add_argument("--payer", type=Path, metavar="PAYER.json", help="whose report it is")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="the spreadsheet to write")
    parser.add_argument("--template", action="store_true", help="the columns; with --out as a CSV file")


@dataclass(frozen=True, slots=True)
class _Given:
    """What the options say, read."""

    layout: Layout
    period: Period | None
    payer: Mapping[str, object]
    today: date


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    from chutdiao.formlib.shelf import Shelf

    kind = reading.code(options.kind, "--kind", _KINDS)
    layouts = Shelf(paths.forms_dir()).layouts()
    layout = next(one for one in layouts.values() if one.report and one.form == kind)
    if options.template:
        return _template(layout, options.out)
    out = Path(reading.needed(str(options.out or ""), "--out"))
    month = reading.month(options.period, "--period") if options.period else None
    period = Period(month.year, month.month) if month else None
    given = _Given(layout, period, _payer(layouts, layout, options.payer, today), today)
    rows = _rows(options, kind, given, working)
    _look(rows, given, working)
    return _write(rows, given, out, working)


def _template(layout: Layout, out: Path | None) -> Mapping[str, Value]:
    from chutdiao.agencyfiles.saving import rows_template, save_into

    columns: list[Value] = [{"id": c.id, "th": c.title.th, "en": c.title.en} for c in layout.columns]
    data = rows_template(layout)
    where = str(save_into(out.parent, out.name, data)) if out else ""
    shown: dict[str, Value] = {"path": where} if out else {"template": data.decode("utf-8-sig")}
    return {**shown, "kind": layout.form, "columns": columns}


def _payer(
    layouts: Mapping[str, Layout], layout: Layout, path: Path | None, today: date
) -> Mapping[str, object]:
    from chutdiao.agencyfiles.tables import read_object

    if path is None:
        return {}
    known = {column.id for one in layouts.values() for column in one.payer}
    payer, problems = read_payer(layout, read_object(path), path.name, known, today)
    if problems:
        raise ChutdiaoError(*problems)
    return payer


def _rows(options: argparse.Namespace, kind: str, given: _Given, working: Working) -> list[RawRow]:
    from chutdiao.agencyfiles.tables import read_sheet

    if options.etax and kind != "purchase":
        raise ChutdiaoError(Problem("etax.sales", "--etax"))
    if options.etax and options.rows:
        raise ChutdiaoError(Problem("etax.both", "--etax"))
    if options.etax:
        return _invoices(options.etax, given, working)
    sheet, warnings = read_sheet(Path(reading.needed(str(options.rows or ""), "--rows")))
    working.warnings.extend(warnings)
    rows, problems = read_rows(given.layout, sheet, given.period, given.today, {})
    _stop(problems, working)
    return rows


def _stop(problems: Sequence[Problem], working: Working) -> None:
    stops = [problem for problem in problems if problem.level is Level.STOP]
    if stops:
        raise ChutdiaoError(*stops[:MOST_PROBLEMS])
    working.warnings.extend(problems[:MOST_PROBLEMS])


def _invoices(files: Sequence[Path], given: _Given, working: Working) -> list[RawRow]:
    """Rows of every invoice by date; what is left out is said, and no signature is vouched for."""
    from chutdiao.agencyfiles.etax import read_invoice

    if len(files) > _MOST_INVOICES:
        raise ChutdiaoError(
            Problem("sheet.too-big", "--etax", {"name": "--etax", "most": str(_MOST_INVOICES)})
        )
    working.warn("etax.signature")
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for file in files:
        try:
            invoice = read_invoice(file)
        except ChutdiaoError as error:
            problems.extend(error.problems)
            continue
        day = reading.day(invoice.day, "IssueDateTime", given.today)
        uses = {row["code"]: row for row in working.table("etax.documents", day)}
        use = uses.get(invoice.code)
        if use is None or use["use"] == "skip":
            said = use or {"th": invoice.code, "en": invoice.code}
            working.warn("etax.left-out", name=file.name, kind=said["th"], kind_en=said["en"])
            continue
        if invoice.currency != "THB":
            values = {"name": file.name, "currency": invoice.currency[:10]}
            problems.append(Problem("etax.currency", file.name, values))
            continue
        if given.payer.get("tax_id") and invoice.buyer_id != given.payer["tax_id"]:
            values = {"name": file.name, "buyer": invoice.buyer_id[:20] or "–"}
            problems.append(Problem("etax.buyer", file.name, values))
            continue
        sheet = invoice.sheet(-1 if use["use"] == "reduce" else 1)
        found, wrong = read_rows(given.layout, sheet, given.period, given.today, {})
        rows.extend(found)
        problems.extend(wrong)
    _stop(problems, working)
    if not rows:
        raise ChutdiaoError(Problem("etax.none", "--etax"))
    return sorted(rows, key=lambda row: (str(row.values["invoice_date"]), str(row.values["invoice_no"])))


def _look(rows: list[RawRow], given: _Given, working: Working) -> None:
    """Invoices entered twice, and input tax claimed before its month or too late."""
    seen: dict[tuple[object, object], int] = {}
    room = len(working.warnings) + MOST_PROBLEMS
    for n, row in enumerate(rows, 1):
        key = (row.values["partner_id"], row.values["invoice_no"])
        if key in seen and key[0] and len(working.warnings) < room:
            working.warn("report.twice", number=str(key[1]), first=str(seen[key]), second=str(n))
        seen.setdefault(key, n)
    if given.layout.form != "purchase" or given.period is None:
        return
    last = given.period.year * 12 + given.period.month
    for row in rows:
        if len(working.warnings) >= room:
            return
        day = row.values["invoice_date"]
        assert isinstance(day, date)
        months = last - day.year * 12 - day.month
        allowed = int(working.at("vat.claim_months", day))
        number = str(row.values["invoice_no"])
        if months < 0:
            working.warn("report.ahead", number=number, period=str(given.period))
        elif months > allowed:
            working.warn("report.late", number=number, months=str(months), allowed=str(allowed))


def _write(rows: list[RawRow], given: _Given, out: Path, working: Working) -> Mapping[str, Value]:
    from chutdiao.agencyfiles.saving import save_into
    from chutdiao.agencyfiles.sheets import report_sheet

    layout = given.layout
    file, problems = write_rows(layout, given.payer, rows, given.period, out.name)  # type: ignore[arg-type]
    _stop(problems, working)
    assert file is not None
    sums: dict[str, Decimal] = {name: file.total(name) for name in (layout.amount, layout.tax)}
    data = report_sheet(file, list(_above(given)), sums, file.sheet)
    path = save_into(out.parent, out.name, data)
    amount = working.note("รวมมูลค่า", "Sum of the values", sums[layout.amount])
    tax = working.note("รวมภาษีมูลค่าเพิ่ม", "Sum of VAT", sums[layout.tax])
    if layout.confidence != "high":
        working.warn("agencyfile.unverified", layout=layout.name, source=layout.source)
    result: dict[str, Value] = {"path": str(path), "kind": layout.form, "rows": len(rows)}
    return {**result, "total_amount": amount, "total_tax": tax}


def _above(given: _Given) -> list[str]:
    """The lines over the table: which report, whose, of which month and place of business."""
    lines = [given.layout.title.th]
    if given.period:
        year = given.period.year + BUDDHIST
        lines.append(f"เดือนภาษี {MONTHS_TH[given.period.month - 1]} พ.ศ. {year}")
    if given.payer.get("name"):
        lines.append(f"ชื่อผู้ประกอบการ {given.payer['name']}")
    if given.payer.get("tax_id"):
        branch = str(given.payer.get("branch") or "0")
        place = "สำนักงานใหญ่" if branch == "0" else f"สาขาที่ {branch.zfill(5)}"
        number = show_identity(str(given.payer["tax_id"]))
        lines.append(f"เลขประจำตัวผู้เสียภาษีอากร {number}  สถานประกอบการ {place}")
    return lines


COMMAND = computed("report", "Write the input or output tax report", _arguments, _compute)
