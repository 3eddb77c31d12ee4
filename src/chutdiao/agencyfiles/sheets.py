"""Spreadsheets: the agency's own sheet and the VAT reports; no cell can run as a formula."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from chutdiao.agencyfiles.tables import escaped
from chutdiao.domain.agencyfile import AgencyFile, Field

_NUMBERS = ("amount", "rate")
_MONEY = "#,##0.00"
_A4 = 9  # the number spreadsheets give this paper


def agency_sheet(file: AgencyFile) -> bytes:
    """The file as an Excel workbook of one sheet: a title row, then one row for each record."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(_sheet_name(file))
    if file.layout.headings:
        page.append([one.title.th for one in file.layout.detail])
    for detail in file.details:
        page.append(_cells(page, file.layout.detail, detail))
    return _bytes(book)


def report_sheet(file: AgencyFile, above: Sequence[str], sums: Mapping[str, Decimal], name: str) -> bytes:
    """A report: lines above, titles, rows and a line of sums under the columns they belong to."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(name)
    page.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToHeight = 0
    page.print_title_rows = f"{len(above) + 1}:{len(above) + 1}"
    page.freeze_panes = f"A{len(above) + 2}"
    for n, one in enumerate(file.layout.detail):
        page.column_dimensions[chr(ord("A") + n)].width = max(8, min(20, one.width)) if one.width else 30
    bold = Font(bold=True)

    def strong(text: str, wrap: bool = False) -> Any:
        cell = WriteOnlyCell(page, escaped(text))
        cell.font = bold
        cell.alignment = Alignment(wrap_text=wrap, vertical="center", horizontal="center" if wrap else None)
        return cell

    for line in above:
        page.append([strong(line)])
    page.append([strong(one.title.th, wrap=True) for one in file.layout.detail])
    for detail in file.details:
        page.append(_cells(page, file.layout.detail, detail))
    page.append([_sum(page, one, n, sums, bold) for n, one in enumerate(file.layout.detail)])
    return _bytes(book)


def _sum(page: Any, one: Field, place: int, sums: Mapping[str, Decimal], bold: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, sums.get(one.take, "รวม" if place == 0 else None))
    cell.font = bold
    if one.take in sums:
        cell.number_format = _MONEY
    return cell


def _cells(page: Any, fields: Sequence[Field], detail: Sequence[str]) -> list[Any]:
    return [_cell(page, one, text) for one, text in zip(fields, detail, strict=True)]


def _cell(page: Any, one: Field, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if one.kind in _NUMBERS and text:
        cell = WriteOnlyCell(page, Decimal(text))
        cell.number_format = _MONEY
        return cell
    if one.kind == "whole":
        return WriteOnlyCell(page, int(text))
    cell = WriteOnlyCell(page, escaped(text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _sheet_name(file: AgencyFile) -> str:
    return (file.sheet or file.name.rsplit(".", 1)[0])[:31]


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
