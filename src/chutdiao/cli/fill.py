"""``chutdiao fill``: a form filled from a JSON file, on our sheet or on the agency's own blank."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from chutdiao import paths
from chutdiao.app.ports import ReferenceTables
from chutdiao.bootstrap import SystemClock, problem_texts
from chutdiao.cli import reading
from chutdiao.cli.frame import DONE, MEND, Command, print_problems
from chutdiao.cli.outcome import money_text
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.form import FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem
from chutdiao.domain.text import Language

# What the user mends in the answers; any other trouble with a blank means that it is the wrong file.
_DOES_NOT_FIT = frozenset({"blank.too-long", "blank.too-many-rows", "blank.taken"})


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", help="the form's id, see: chutdiao forms list")
    parser.add_argument("--data", type=Path, required=True, metavar="FILE.json", help="answers by field id")
    parser.add_argument(
        "--pdf", type=Path, required=True, metavar="OUT.pdf", help="where the paper is written"
    )
    parser.add_argument("--blank", type=Path, metavar="B.pdf", help="the agency's own blank")
    parser.add_argument(
        "--attachment",
        type=Path,
        action="append",
        default=[],
        metavar="A.pdf",
        help="the agency's own attachment (ใบแนบ), used for as many sheets as the rows need; "
        "one that lies beside the blank is found by itself",
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--flat", action="store_true", help="a blank that nothing can change (the default)")
    kept.add_argument("--editable", action="store_true", help="a blank whose fields can still be edited")
    parser.add_argument("--version", default="", help="a version of the form; the newest when left out")
    parser.add_argument("--today", metavar="DATE", help="the day to check for, such as 2569-11-23")


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    from chutdiao.formlib.filling import fit, read_data, readable
    from chutdiao.formlib.reference import CsvTables
    from chutdiao.formlib.shelf import Shelf

    shelf, tables = Shelf(paths.forms_dir()), CsvTables(paths.forms_dir())
    form = shelf.load(arguments.form, arguments.version)
    answers, problems = fit(form, read_data(arguments.data))
    today = _today(arguments.today, problems)
    context = Context(today, shelf.parameters())
    state = evaluate(form, answers, context, tables=tables.holds)
    problems.extend(state.problems)
    printed = evaluate(form, readable(answers, state.problems), context, tables=tables.holds)
    pdf = _paper(arguments, form, printed, shelf.print_map(form.id, form.version), tables, problems)
    if pdf:
        _write(arguments.pdf, pdf)
    if not arguments.json:
        print_problems(problems, problem_texts(), arguments.language)
        print(arguments.pdf if pdf else "")
    stopped = any(problem.level is Level.STOP for problem in problems)
    warned = [problem for problem in problems if problem.level is Level.WARN]
    return MEND if stopped else DONE, {
        "path": str(arguments.pdf) if pdf else "",
        "pages": _pages(pdf) if pdf else 0,
        "on": "blank" if _on_blank(arguments) else "sheet",
        "problems": problem_texts().as_json(problems, arguments.language),
        "warnings": problem_texts().as_json(warned, arguments.language),
        "working": _working(form, state, arguments.language),
    }


def _today(text: str | None, problems: list[Problem]) -> date:
    """The day to check for; one that cannot be read is a problem, and today stands for it."""
    today = SystemClock().now().date()
    try:
        return reading.day(text, "--today", today) if text else today
    except ChutdiaoError as error:
        problems.extend(error.problems)
        return today


def _on_blank(arguments: argparse.Namespace) -> bool:
    return bool(arguments.blank or arguments.attachment)


def _working(form: FormSpec, state: FormState, language: Language) -> list[Json]:
    """Every number the form works out by itself, in the order of the form."""
    found: list[Json] = []
    for field in form.fields():
        answer = state.fields[field.id]
        if not field.value or not answer.visible or answer.value in (None, ""):
            continue
        if field.type in (FieldType.MONEY, FieldType.NUMBER):
            number = f"[{field.item}] " if field.item else ""
            money = field.type is FieldType.MONEY
            found.append(
                {
                    "step": number + answer.label.to(language),
                    "value": money_text(Decimal(str(answer.value))) if money else str(answer.value),
                    "parameter": "",
                    "source": form.source,
                }
            )
    return found


def _paper(
    arguments: argparse.Namespace,
    form: FormSpec,
    state: FormState,
    print_map: Mapping[str, Json],
    tables: ReferenceTables,
    problems: list[Problem],
) -> bytes:
    """The PDF; nothing where an answer does not fit the blank, which is then among the problems."""
    from chutdiao.pdf.blank import lay_out
    from chutdiao.pdf.render import sheet_pdf

    practice = arguments.profile == "practice"
    if not _on_blank(arguments):
        return sheet_pdf(form, state, print_map, tables, arguments.language, practice)
    try:
        filled = lay_out(form, state, print_map, arguments.blank, arguments.attachment, tables)
    except ChutdiaoError as error:
        if not {problem.code for problem in error.problems} <= _DOES_NOT_FIT:
            raise
        problems.extend(error.problems)
        return b""
    problems.extend(filled.problems)
    return filled.pdf(editable=arguments.editable, practice=practice)


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        values = {"file": str(path), "reason": error.strerror or str(error)}
        raise ChutdiaoError(Problem("fill.not-written", values=values)) from None


def _pages(pdf: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(pdf))


def _forms() -> str:
    """Every form, and of those with an official blank the file's name and its attachments."""
    from chutdiao.formlib.shelf import Shelf

    shelf = Shelf(paths.forms_dir())
    rows = cast("list[dict[str, str]]", shelf.index()["forms"])
    lines = []
    for form in sorted({row["id"] for row in rows}):
        blank = cast("dict[str, Any]", shelf.print_map(form).get("blank") or {})
        files = [blank, *blank.get("attachments", ())] if blank else []
        lines.append(f"  {form:<20} {' + '.join(str(file.get('file', '')) for file in files)}".rstrip())
    return "forms, and the official blanks that they fill:\n" + "\n".join(lines)


COMMANDS: tuple[Command, ...] = (
    Command("fill", "Fill a form from a JSON file and print it as PDF", _arguments, _run, epilog=_forms),
)
