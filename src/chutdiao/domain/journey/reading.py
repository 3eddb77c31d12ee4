"""What a person typed for a question, as the answer to keep, or the problem with it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from chutdiao.domain.check import Context
from chutdiao.domain.dates import parse_date, read_iso
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.model import Journey, Question
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import arabic_digits, clean

LONGEST = 500
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_YES = {"yes": True, "true": True, "ใช่": True, "no": False, "false": False, "ไม่": False, "ไม่ใช่": False}
Known = Callable[[str, str], bool]
Read = tuple[Json, Problem | None]


def read_answer(question: Question, answer: Json, today: date, known: Known | None = None) -> Read:
    """The answer to keep; ``known`` tells whether a reference table has a code."""
    if answer is None or answer == "":
        return None, None
    if question.type == "choices":
        return _choices(question, answer)
    if question.type == "yes-no" and isinstance(answer, bool):
        return answer, None
    if isinstance(answer, list | dict | bool):
        return None, Problem("interview.one-answer", question.id)
    text = clean(str(answer))
    if not text:
        return None, None
    if question.type in ("number", "money"):
        return _number(question, text)
    if question.type == "date":
        return _date(question, text, today)
    if question.type == "reference":
        return _reference(question, text, known)
    if question.type == "choice":
        return _choice(question, text)
    if question.type == "yes-no":
        value = _YES.get(text.casefold())
        return value, Problem("interview.yes-no", question.id, {"value": text}) if value is None else None
    if len(text) > LONGEST:
        return None, Problem("interview.too-long", question.id, {"limit": str(LONGEST)})
    return text, None


def check_answer(
    journey: Journey,
    answers: Mapping[str, Json],
    context: Context,
    question: Question,
    unsure: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """What the question's own checks say of the answers."""
    values = AnswerValues(journey, answers, context, unsure)
    return tuple(
        Problem(f"check.{question.id}.{number}", question.id, level=check.level, say=check.say, law=check.law)
        for number, check in enumerate(question.checks, 1)
        if values.holds(check.that) is False
    )


def _codes(question: Question) -> str:
    return ", ".join(choice.code for choice in question.choices)


def _choice(question: Question, text: str) -> Read:
    if text in {choice.code for choice in question.choices}:
        return text, None
    values = {"value": text, "codes": _codes(question)}
    return None, Problem("interview.not-a-choice", question.id, values)


def _choices(question: Question, answer: Json) -> Read:
    if not isinstance(answer, list):
        return None, Problem("interview.a-list", question.id, {"codes": _codes(question)})
    kept: list[Json] = []
    for item in answer:
        code, problem = _choice(question, str(item))
        if problem is not None:
            return None, problem
        if code not in kept:
            kept.append(code)
    return kept, None


def _number(question: Question, text: str) -> Read:
    plain = arabic_digits(text).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return None, Problem("interview.not-a-number", question.id, {"value": text})
    number = Decimal(plain)
    if question.whole and number != number.to_integral_value():
        return None, Problem("interview.not-whole", question.id, {"value": text})
    return plain, None


def _date(question: Question, text: str, today: date) -> Read:
    iso = read_iso(text)
    found = iso if iso is not None and iso.year < 2400 else parse_date(text, today)
    if isinstance(found, Problem):
        return None, Problem(found.code, question.id, found.values, mend=found.mend)
    return found.isoformat(), None


def _reference(question: Question, text: str, known: Known | None) -> Read:
    if known is not None and not known(question.table, text):
        return None, Problem("interview.unknown-code", question.id, {"value": text, "table": question.table})
    return text, None
