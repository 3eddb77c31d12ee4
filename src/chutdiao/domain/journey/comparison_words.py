"""A comparison in words, the same for the window, paper and the command line."""

from dataclasses import dataclass
from decimal import Decimal

from chutdiao.domain.dates import show_date
from chutdiao.domain.duty.model import MONTH
from chutdiao.domain.form import Fee
from chutdiao.domain.journey.comparison import Cell, Column, Comparison, DutyRow, StepRow
from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language, LocalText

_BAHT = LocalText("บาท", "baht")
_UNKNOWN = LocalText("ไม่ทราบ", "not known")
_UNITS = {"days": LocalText("วัน", "days"), "working-days": LocalText("วันทำการ", "working days")}


@dataclass(frozen=True, slots=True)
class WordRow:
    """One line: its label, a quiet note, a text for each column, and whether the columns differ."""

    id: str
    label: str
    cells: tuple[str, ...]
    differs: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """The whole comparison as text in one language."""

    title: str
    heads: tuple[str, ...]
    chosen: tuple[bool, ...]
    summary: tuple[WordRow, ...]
    steps: tuple[WordRow, ...]
    duties: tuple[WordRow, ...]
    year: str


def in_words(found: Comparison, language: Language) -> ComparisonWords:
    """Every number, fee and day spelt out."""
    return ComparisonWords(
        title=found.title.to(language),
        heads=tuple(column.way.title.to(language) for column in found.columns),
        chosen=tuple(column.chosen for column in found.columns),
        summary=_summary(found, language),
        steps=tuple(_step_row(row, language) for row in found.steps),
        duties=tuple(_duty_row(row, language) for row in found.duties),
        year=str(found.year + 543 if language == "th" else found.year),
    )


def to_json(found: Comparison, language: Language) -> dict[str, Json]:
    """The comparison as ``chutdiao plan --compare --json`` prints it."""
    return {
        "title": found.title.to(language),
        "year": found.year,
        "columns": [_column_json(column, language) for column in found.columns],
        "steps": [
            {
                "id": row.id,
                "title": row.title.to(language),
                "differs": row.differs,
                "cells": [_cell_json(cell, language) for cell in row.cells],
            }
            for row in found.steps
        ],
        "duties": [
            {
                "id": row.rule.id,
                "title": row.rule.title.to(language),
                "law": row.rule.law,
                "confidence": row.rule.confidence,
                "counts": list(row.counts),
            }
            for row in found.duties
        ],
    }


def to_paper(found: Comparison, language: Language) -> dict[str, Json]:
    """The words in the shape the printer takes."""
    words = in_words(found, language)
    parts = {"summary": words.summary, "steps": words.steps, "duties": words.duties}
    return {
        "title": words.title,
        "heads": list(words.heads),
        "year": words.year,
        **{
            name: [[f"{row.label}\n{row.note}".strip(), *row.cells] for row in rows]
            for name, rows in parts.items()
        },
    }


def _summary(found: Comparison, language: Language) -> tuple[WordRow, ...]:
    columns = found.columns
    rows = (
        ("steps", LocalText("จำนวนขั้นตอน", "Steps"), [_steps(c, language) for c in columns]),
        ("fees", LocalText("ค่าธรรมเนียมรวม", "Fees in all"), [_fees(c, language) for c in columns]),
        ("days", LocalText("เวลาที่ทราบ", "Time as far as known"), [_days(c, language) for c in columns]),
        ("opens", LocalText("เปิดร้านได้", "Doors open"), [_opens(c, language) for c in columns]),
        ("yearly", LocalText("กำหนดต่อปี", "Due in a year"), [_times(c.yearly, language) for c in columns]),
    )
    return tuple(
        WordRow(name, label.to(language), tuple(cells), len(set(cells)) > 1) for name, label, cells in rows
    )


def _steps(column: Column, language: Language) -> str:
    count = len(column.plan.steps)
    return LocalText(f"{count} ขั้น", f"{count} steps").to(language)


def _fees(column: Column, language: Language) -> str:
    unknown = len(column.fees.unknown)
    text = _span(column.fees.low, column.fees.high, language)
    if not unknown:
        return text
    more = LocalText(f"และอีก {unknown} ขั้นที่ไม่ทราบ", f"and {unknown} steps not known").to(language)
    return f"{text} {more}"


def _days(column: Column, language: Language) -> str:
    unknown = len(column.days.unknown)
    text = LocalText(f"{column.days.least} วัน", f"{column.days.least} days").to(language)
    if not unknown:
        return text
    more = LocalText(f"และอีก {unknown} ขั้นที่ไม่ทราบ", f"and {unknown} steps not known").to(language)
    return f"{text} {more}"


def _opens(column: Column, language: Language) -> str:
    day = column.plan.may_operate_on
    if day is None:
        return LocalText("ยังบอกวันไม่ได้", "no day can be told yet").to(language)
    return show_date(day, language)


def _times(count: int, language: Language) -> str:
    return LocalText(f"{count} ครั้ง", f"{count} times" if count != 1 else "once").to(language)


def _span(low: Decimal, high: Decimal, language: Language) -> str:
    if low == high == 0:
        return LocalText("ไม่มี", "none").to(language)
    amount = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"{amount} {_BAHT.to(language)}"


def _step_row(row: StepRow, language: Language) -> WordRow:
    cells = tuple(_cell(cell, language) for cell in row.cells)
    needed = next(cell.step for cell in row.cells if cell.step is not None)
    return WordRow(row.id, row.title.to(language), cells, row.differs, needed.agency.to(language))


def _cell(cell: Cell, language: Language) -> str:
    step = cell.step
    if step is None:
        return LocalText("ไม่ต้อง", "not needed").to(language)
    if step.state == "depends":
        return LocalText("ขึ้นกับคำตอบ", "depends on an answer").to(language)
    days = f"{step.days}\u00a0{_UNITS[step.unit].to(language)}" if step.days else ""
    return " · ".join(part for part in (_fee(step.fee, language), days) if part)


def _fee(fee: Fee | None, language: Language) -> str:
    if fee is None:
        return LocalText("ค่าธรรมเนียมไม่ทราบ", "fee not known").to(language)
    if Decimal(fee.high) == 0:
        return LocalText("ไม่มีค่าธรรมเนียม", "no fee").to(language)
    return _span(Decimal(fee.low), Decimal(fee.high), language)


def _duty_row(row: DutyRow, language: Language) -> WordRow:
    cells = tuple(_count(row, count, language) for count in row.counts)
    return WordRow(row.rule.id, row.rule.title.to(language), cells, row.differs, row.rule.law)


def _count(row: DutyRow, count: int | None, language: Language) -> str:
    if count == 0:
        return "–"
    if count is None and row.rule.every == MONTH:
        return LocalText("เดือนที่เข้าเงื่อนไข", "months in which it applies").to(language)
    if count is None:
        return LocalText("ถ้าเข้าเงื่อนไข", "if it applies").to(language)
    return _times(count, language)


def _column_json(column: Column, language: Language) -> dict[str, Json]:
    return {
        "id": column.way.id,
        "title": column.way.title.to(language),
        "chosen": column.chosen,
        "steps": len(column.plan.steps),
        "fees": {
            "low": str(column.fees.low),
            "high": str(column.fees.high),
            "unknown": [title.to(language) for title in column.fees.unknown],
        },
        "days": {
            "least": column.days.least,
            "unknown": [title.to(language) for title in column.days.unknown],
        },
        "may_operate_on": column.plan.may_operate_on.isoformat() if column.plan.may_operate_on else None,
        "yearly": column.yearly,
    }


def _cell_json(cell: Cell, language: Language) -> dict[str, Json]:
    if cell.step is None:
        why = cell.excluded.why.to(language) if cell.excluded else ""
        return {"needed": False, "why": why}
    step = cell.step
    fee: Json = {"low": step.fee.low, "high": step.fee.high} if step.fee else None
    return {
        "needed": None if step.state == "depends" else True,
        "service": step.service,
        "why": step.why.to(language),
        "fee": fee,
        "days": step.days,
        "unit": step.unit,
    }
