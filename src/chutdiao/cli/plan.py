"""``chutdiao plan ANSWERS.yaml``: the steps of a business from a file of answers."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from chutdiao import paths
from chutdiao.app.save_file import save_bytes
from chutdiao.bootstrap import SystemClock, problem_texts
from chutdiao.cli.frame import DONE, MEND, Command, print_problems
from chutdiao.domain.dates import show_date
from chutdiao.domain.journey import Plan, PlanStep, plan
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.text import Language

_WORDS = {
    "th": {
        "after": "หลังจาก",
        "fee": "ค่าธรรมเนียม",
        "baht": "บาท",
        "days": "วัน",
        "working-days": "วันทำการ",
        "finish": "คาดว่าเสร็จ",
        "due": "ภายใน",
        "bring": "ต้องเตรียม",
        "skip": "ไม่ต้องนำไป",
        "doubt": "ยังไม่ยืนยัน",
        "open": "คำถามที่ยังเปิดอยู่",
        "excluded": "ไม่ต้องทำ",
        "unknown": "ไม่ทราบ",
    },
    "en": {
        "after": "after",
        "fee": "fee",
        "baht": "baht",
        "days": "days",
        "working-days": "working days",
        "finish": "expected",
        "due": "by",
        "bring": "bring",
        "skip": "need not be brought",
        "doubt": "unconfirmed",
        "open": "Open questions",
        "excluded": "Not needed",
        "unknown": "not known",
    },
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("answers", metavar="ANSWERS.yaml", type=Path, help="answers to the interview")
    parser.add_argument(
        "--compare", action="store_true", help="lay the ways to run the business side by side"
    )
    parser.add_argument(
        "--pdf", metavar="OUT.pdf", default="", help="also write the plan or the comparison as PDF"
    )


def _run(arguments: argparse.Namespace) -> tuple[int, Mapping[str, Json]]:
    from chutdiao.formlib.answers import read_answers
    from chutdiao.formlib.reference import CsvTables
    from chutdiao.formlib.shelf import Shelf

    shelf, tables = Shelf(paths.forms_dir()), CsvTables(paths.forms_dir())
    texts, language = problem_texts(), arguments.language
    today = SystemClock().now().date()
    if not arguments.answers.is_file():
        path = str(arguments.answers)
        raise ChutdiaoError(Problem("answers.not-found", path, {"path": path}))
    try:
        read = read_answers(
            arguments.answers,
            shelf.journey,
            shelf.parameters(),
            today,
            lambda table, code: tables.row(table, code) is not None,
        )
    except ChutdiaoError as error:
        print_problems(error.problems, texts, language)
        return MEND, {"problems": texts.as_json(error.problems, language)}
    print_problems(read.warnings, texts, language)
    if arguments.compare:
        from chutdiao.cli.compare import show

        return show(read, shelf.duties(), language, quiet=arguments.json, pdf=arguments.pdf)
    made = plan(read.journey, read.answers, read.context, read.not_sure)
    if arguments.pdf:
        from chutdiao.pdf.plan import plan_pdf

        paper = plan_pdf(made.to_paper(language), made.title.to(language), language, practice=False)
        save_bytes(arguments.pdf, paper)
    if not arguments.json:
        _print(made, language)
    return DONE, made.to_json(language)


def _print(made: Plan, language: Language) -> None:
    words = _WORDS[language]
    print(made.title.to(language))
    numbers = {step.id: number for number, step in enumerate(made.steps, 1)}
    for number, step in enumerate(made.steps, 1):
        print(f"\n{number}. {step.title.to(language)} · {step.agency.to(language)}")
        print(f"   {step.why.to(language)} ({step.law})")
        print(f"   {_line(step, numbers, language)}")
        if step.renewal.th:
            print(f"   {step.renewal.to(language)}")
        for document in step.documents:
            word = words["bring"] if document.bring else words["skip"]
            law = f" ({document.law})" if document.law else ""
            print(f"   - {document.label.to(language)} · {word}{law}")
    if made.open_questions:
        print(f"\n{words['open']}")
        for question in made.open_questions:
            print(f"   - {question.title.to(language)}")
    if made.excluded:
        print(f"\n{words['excluded']}")
        for item in made.excluded:
            print(f"   - {item.title.to(language)}: {item.why.to(language)}")


def _line(step: PlanStep, numbers: Mapping[str, int], language: Language) -> str:
    words = _WORDS[language]
    parts = []
    if step.after:
        parts.append(f"{words['after']} {', '.join(str(numbers[i]) for i in step.after)}")
    if step.fee:
        span = step.fee.low if step.fee.low == step.fee.high else f"{step.fee.low}–{step.fee.high}"
        parts.append(f"{words['fee']} {span} {words['baht']}")
    else:
        parts.append(f"{words['fee']} {words['unknown']}")
    if step.days is not None:
        parts.append(f"{step.days} {words[step.unit]}")
    if step.finish:
        parts.append(f"{words['finish']} {show_date(step.finish, language)}")
    if step.due:
        parts.append(f"{words['due']} {show_date(step.due, language)}")
    if step.confidence != "high":
        parts.append(words["doubt"])
    return " · ".join(parts)


COMMANDS: tuple[Command, ...] = (Command("plan", "plan the steps from a file of answers", _arguments, _run),)
