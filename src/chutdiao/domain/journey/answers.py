"""Interview answers as values: hidden and unsure ones read as unanswered, derived names on demand."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from chutdiao.domain.check import Context
from chutdiao.domain.expression import (
    UNANSWERED,
    ExpressionError,
    FlatScope,
    Unanswered,
    Value,
    compile_expression,
    truth,
)
from chutdiao.domain.journey.model import Journey, Question
from chutdiao.domain.problem import Json


class AnswerValues(Mapping[str, Value]):
    """The values of a journey's names: its questions and what is derived from them."""

    def __init__(
        self, journey: Journey, answers: Mapping[str, Json], context: Context, unsure: frozenset[str]
    ) -> None:
        self._questions = {question.id: question for question in journey.questions}
        self._derived = {row.id: row.value for row in journey.derived}
        self._answers = answers
        self._unsure = unsure
        self._found: dict[str, Value] = {}
        self._open: set[str] = set()
        self._scope = FlatScope(self, context.today, context.parameters)

    def __getitem__(self, name: str) -> Value:
        if name in self._found:
            return self._found[name]
        if name in self._open:
            return UNANSWERED
        self._open.add(name)
        try:
            value = self._work_out(name)
        finally:
            self._open.discard(name)
        self._found[name] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter((*self._questions, *self._derived))

    def __len__(self) -> int:
        return len(self._questions) + len(self._derived)

    def evaluate(self, source: str) -> Value:
        """The value of an expression; what cannot be worked out is unanswered."""
        try:
            return compile_expression(source).evaluate(self._scope)
        except ExpressionError:
            return UNANSWERED

    def holds(self, source: str) -> bool | Unanswered:
        """Whether a condition holds."""
        try:
            return truth(self.evaluate(source))
        except ExpressionError:
            return UNANSWERED

    def visible(self, question_id: str) -> bool | Unanswered:
        """Whether a question is asked, so far as the answers tell."""
        show = self._questions[question_id].show
        return True if not show else self.holds(show)

    def open_questions(self, names: Iterable[str]) -> tuple[str, ...]:
        """The questions to answer before these names have values, in the order of the interview."""
        found: set[str] = set()
        self._gather(frozenset(names), found, set())
        return tuple(question for question in self._questions if question in found)

    def asked_by(self, source: str) -> tuple[str, ...]:
        """The questions a condition goes by, also through what is derived."""
        names, left = set[str](), set(names_of(source))
        while left:
            name = left.pop()
            names.add(name)
            left |= names_of(self._derived.get(name, "")) - names
        return tuple(question for question in self._questions if question in names)

    def _gather(self, names: frozenset[str], found: set[str], seen: set[str]) -> None:
        for name in names - seen:
            seen.add(name)
            if self.get(name, UNANSWERED) is not UNANSWERED:
                continue
            if name in self._derived:
                self._gather(names_of(self._derived[name]), found, seen)
            elif name in self._questions:
                asked = self.visible(name)
                if asked is True:
                    found.add(name)
                elif asked is UNANSWERED:
                    self._gather(names_of(self._questions[name].show), found, seen)

    def _work_out(self, name: str) -> Value:
        if name in self._derived:
            return self.evaluate(self._derived[name])
        if name not in self._questions:
            raise KeyError(name)
        if name in self._unsure or self.visible(name) is not True:
            return UNANSWERED
        return as_value(self._questions[name], self._answers.get(name))


def names_of(source: str) -> frozenset[str]:
    """The names an expression reads; none when it cannot be read."""
    if not source:
        return frozenset()
    try:
        return compile_expression(source).names
    except ExpressionError:
        return frozenset()


def as_value(question: Question, answer: Json) -> Value:
    """The value of one stored answer; an answer of the wrong kind is unanswered."""
    if answer is None or answer == "":
        return UNANSWERED
    if question.type == "choices":
        return _codes(question, answer)
    if question.type == "yes-no":
        return _yes_no(answer)
    if not isinstance(answer, str | int) or isinstance(answer, bool):
        return UNANSWERED
    text = str(answer)
    if question.type in ("number", "money"):
        return _number(text, question.whole)
    if question.type == "date":
        return _date(text)
    if question.type == "choice":
        return text if text in {choice.code for choice in question.choices} else UNANSWERED
    return text


def _codes(question: Question, answer: Json) -> Value:
    known = {choice.code for choice in question.choices}
    if not isinstance(answer, list):
        return UNANSWERED
    return tuple(code for code in answer if isinstance(code, str) and code in known)


def _yes_no(answer: Json) -> Value:
    if isinstance(answer, bool):
        return answer
    return {"yes": True, "no": False}.get(str(answer), UNANSWERED)


def _number(text: str, whole: bool) -> Value:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return UNANSWERED
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        return UNANSWERED
    return number


def _date(text: str) -> Value:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return UNANSWERED
