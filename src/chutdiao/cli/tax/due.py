"""``chutdiao tax due``: the last day of a return, on paper and online."""

import argparse
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.duty import DutyBook
from chutdiao.domain.duty.asking import Known, Reckoned, options_of, reckon
from chutdiao.domain.duty.periods import last_of_month
from chutdiao.domain.tax.working import Working
from chutdiao.domain.text import Language


@lru_cache(1)
def _book() -> DutyBook:
    from chutdiao import paths
    from chutdiao.formlib.shelf import Shelf

    return Shelf(paths.forms_dir()).duties()


def _arguments(parser: argparse.ArgumentParser) -> None:
    book = _book()
    parser.add_argument("--form", help="the code of the form or duty (listed below)")
    parser.add_argument("--period", help="the month 2569-06, or the year 2569 of a yearly form")
    parser.add_argument("--year-end", help="last day of the accounting year (2569-12-31, 2569-12 or 2569)")
    for event in book.events.values():
        parser.add_argument(f"--{event.id}", metavar="DAY", help=event.label.en)
    counted: dict[str, dict[str, None]] = {}
    for rule in book.rules:
        counted.setdefault(rule.code, {}).update(dict.fromkeys(options_of(rule, book)))
    lines = [f"  {code:<14} --{' or --'.join(options)}" for code, options in counted.items()]
    parser.epilog = "codes, and what each is counted from:\n" + "\n".join(lines)


def _known(options: argparse.Namespace, today: date) -> Known:
    period, month, year = options.period, None, None
    if period is not None:
        if "-" in period.strip():
            month = reading.month(period, "--period")
        else:
            year = reading.year(period, "--period")
    end = _year_end(options.year_end, today) if options.year_end is not None else None
    events = {
        event: reading.day(getattr(options, event), f"--{event}", today)
        for event in _book().events
        if getattr(options, event) is not None
    }
    return Known(month, year, end, events)


def _year_end(text: str, today: date) -> date:
    """A day; a month or a year alone means its last day."""
    plain = text.strip()
    if plain.isdigit() and len(plain) == 4:
        return date(reading.year(plain, "--year-end"), 12, 31)
    if plain.count("-") == 1:
        first = reading.month(plain, "--year-end")
        return last_of_month(first.year, first.month)
    return reading.day(text, "--year-end", today)


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    book = _book()
    codes = dict.fromkeys(rule.code for rule in book.rules)
    code = reading.code(options.form, "--form", codes)
    known = _known(options, today)
    found = reckon(book, code, known, working.parameters)
    _show_working(found, working)
    working.warnings.extend(found.doubts)
    rule, due = found.rule, found.due
    return {
        "form": code,
        "name": rule.form,
        "title": rule.title.to(options.language),
        "statutory": due.statutory,
        "paper": due.paper,
        "efile": due.efile,
        "note": _note(found, options.language),
        "law": rule.law,
        "agency": rule.agency,
        "confidence": rule.confidence,
        "unknown_year": due.unknown_year,
    }


def _note(found: Reckoned, language: Language) -> str:
    from chutdiao.bootstrap import problem_texts

    texts = problem_texts()
    own = found.rule.note.to(language)
    said = [texts.message(note, language) for note in found.notes]
    return " · ".join(part for part in (*said, own) if part)


def _show_working(found: Reckoned, working: Working) -> None:
    rule, due = found.rule, found.due
    working.note_day(found.counted.th, found.counted.en, found.anchor)
    working.note_day("วันตามกฎหมาย", "Day of the law", due.statutory, f"duty.{rule.id}", rule.law)
    if due.paper != due.statutory:
        working.note_day("เลื่อนจากวันหยุด", "Put off by holidays", due.paper, source="ป.พ.พ. ม.193/8")
    if due.window is not None and due.efile_statutory is not None:
        days, law = due.window.days, due.window.law
        working.note_day(
            f"ทางอินเทอร์เน็ตเพิ่ม {days} วัน", f"{days} days more online", due.efile_statutory,
            f"extension.{rule.efile}", law,
        )  # fmt: skip
    if due.efile is not None and due.efile != due.efile_statutory:
        working.note_day("เลื่อนจากวันหยุด", "Put off by holidays", due.efile, source="ป.พ.พ. ม.193/8")


COMMAND = computed("due", "Last day of a return, on paper and online", _arguments, _compute)
