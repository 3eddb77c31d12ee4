"""What is said about one visible field: its label, choices, problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from chutdiao.domain import ids
from chutdiao.domain.check.answers import number_problem, to_json
from chutdiao.domain.check.program import Condition, Node, Rule
from chutdiao.domain.check.state import FieldState, filled
from chutdiao.domain.expression import UNANSWERED, Expression, ExpressionError, Scope, Value, truth
from chutdiao.domain.form import Choice, Field, FieldType
from chutdiao.domain.problem import Json, Problem

HasCode = Callable[[str, str], bool]
ADDRESS_PARTS = (
    "house", "moo", "building", "room", "floor", "village", "soi", "junction", "road",
    "subdistrict", "district", "province", "postcode", "house_code", "phone", "fax", "email",
)  # fmt: skip
_NEEDED_PARTS = ("house", "subdistrict")


@dataclass(slots=True)
class Subject:
    """What there is to judge: a node at a place, with its raw answer, value and scope."""

    node: Node
    spec: Field
    place: str
    raw: Json
    value: Value
    scope: Scope
    unsure: bool
    format_problem: Problem | None
    faults: tuple[Problem, ...]
    tables: HasCode | None
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, part: str = "", **values: str) -> None:
        place = f"{self.place}.{part}" if part else self.place
        self.problems.append(Problem(code, place, values))

    def ask(self, source: Expression) -> Value:
        """Evaluate; a fault becomes a problem here and leaves the value open."""
        try:
            return source.evaluate(self.scope)
        except ExpressionError as error:
            self.problems.extend(replace(problem, place=self.place) for problem in error.problems)
            return UNANSWERED

    def holds(self, test: Condition) -> bool | None:
        """Whether a condition holds; ``None`` while it is open."""
        if not isinstance(test, Expression):
            return test
        try:
            found = truth(self.ask(test))
        except ExpressionError as error:
            self.problems.extend(replace(problem, place=self.place) for problem in error.problems)
            return None
        return found if isinstance(found, bool) else None


def judge(subject: Subject) -> FieldState:
    """Return the state of a visible field."""
    node, spec = subject.node, subject.spec
    computed = node.value is not None
    required = subject.holds(node.required) is True
    label = next((spec.labels[index][1] for test, index in node.labels if subject.holds(test)), spec.label)
    choices = _offered(subject)
    subject.problems.extend(subject.faults)
    if subject.format_problem is not None:
        subject.problems.append(replace(subject.format_problem, place=subject.place))
    if computed:
        _judge_computed(subject)
    elif spec.type is FieldType.TABLE:
        _judge_rows(subject, required)
    elif not filled(subject.raw):
        if required and spec.type is not FieldType.SIGNATURE:
            subject.add("required.unsure" if subject.unsure else "required")
    elif subject.value is not UNANSWERED:
        _judge_answer(subject, required, choices)
    for rule in node.rules:
        judge_rule(subject, rule)
    value = to_json(subject.value, spec.type) if computed else subject.raw
    return FieldState(
        True, required, value, computed, label, tuple(subject.problems), choices, subject.unsure
    )


def is_bare(node: Node) -> bool:
    """Whether nothing but its value is said about a computed field: no check, label or condition."""
    plain = not (node.rules or node.labels or node.offers or isinstance(node.required, Expression))
    return plain and node.value is not None


def judge_bare(node: Node, spec: Field, place: str, value: Value, unsure: bool) -> FieldState:
    """What ``judge`` returns for a bare field without faults; a long table has thousands of these."""
    found = number_problem(spec, value) if isinstance(value, Decimal) else None
    problems = () if found is None else (replace(found, place=place),)
    told = to_json(value, spec.type)
    return FieldState(True, node.required is True, told, True, spec.label, problems, spec.choices, unsure)


def hidden(spec: Field, raw: Json, computed: bool, unsure: bool, faults: tuple[Problem, ...]) -> FieldState:
    """Return the state of a field that is not shown; it keeps its answer."""
    value = None if computed else raw
    return FieldState(False, False, value, computed, spec.label, faults, spec.choices, unsure)


def judge_rule(subject: Subject, rule: Rule) -> None:
    """Add the problem of a check that does not hold; an open one passes."""
    if subject.holds(rule.that) is not False:
        return
    mend = subject.ask(rule.mend) if rule.mend is not None else UNANSWERED
    spec = rule.spec
    subject.problems.append(
        Problem(
            rule.code,
            subject.place,
            _told(subject),
            level=spec.level,
            say=spec.say,
            law=spec.law,
            mend=to_json(mend, subject.spec.type),
        )
    )


def _told(subject: Subject) -> Mapping[str, str]:
    return {"value": subject.raw} if isinstance(subject.raw, str) else {}


def _offered(subject: Subject) -> tuple[Choice, ...]:
    choices = subject.spec.choices
    if not subject.node.offers:
        return choices
    return tuple(
        choice for choice, test in zip(choices, subject.node.offers, strict=True) if subject.holds(test)
    )


def _judge_computed(subject: Subject) -> None:
    if isinstance(subject.value, Decimal):
        found = number_problem(subject.spec, subject.value)
        if found is not None:
            subject.problems.append(replace(found, place=subject.place))


def _judge_rows(subject: Subject, required: bool) -> None:
    limits, count = subject.spec.rows, subject.rows
    if count == 0 and required:
        subject.add("required.unsure" if subject.unsure else "required")
    elif limits is not None and count < limits.min:
        subject.add("rows.few", count=str(count), min=str(limits.min))
    if limits is not None and count > limits.max:
        subject.add("rows.many", count=str(count), max=str(limits.max))


def _judge_answer(subject: Subject, required: bool, choices: tuple[Choice, ...]) -> None:
    spec, value = subject.spec, subject.value
    if spec.type in (FieldType.CHOICE, FieldType.CHOICES) and spec.choices:
        codes = value if isinstance(value, tuple) else (value,)
        for code in codes:
            _judge_choice(subject, str(code), choices)
    elif spec.type is FieldType.ADDRESS and isinstance(value, dict):
        _judge_address(subject, value, required)
    elif spec.type is FieldType.NAME and isinstance(value, dict):
        if not any(value.get(part) for part in ("first", "full", "last")):
            subject.add("name.missing")
    elif spec.type is FieldType.FILE and isinstance(subject.raw, list):
        _judge_files(subject, subject.raw)
    elif isinstance(value, str):
        _judge_text(subject, value)


def _judge_choice(subject: Subject, code: str, choices: tuple[Choice, ...]) -> None:
    if any(choice.code == code for choice in choices):
        return
    known = next((choice for choice in subject.spec.choices if choice.code == code), None)
    if known is None:
        subject.add("choice.unknown", value=code)
    else:
        subject.add("choice.not-offered", value=code)


def _judge_address(subject: Subject, parts: Mapping[str, str], required: bool) -> None:
    for part in parts.keys() - set(ADDRESS_PARTS):
        subject.add("answer.unknown", part, name=part)
    if required:
        for part in _NEEDED_PARTS:
            if not parts.get(part):
                subject.add(f"address.{part}-missing", part)
    postcode, area = parts.get("postcode", ""), parts.get("subdistrict", "")
    if postcode and not (len(postcode) == 5 and postcode.isascii() and postcode.isdigit()):
        subject.add("address.postcode", "postcode", value=postcode)
    if not area:
        return
    if subject.tables is not None and not subject.tables("areas", area):
        subject.add("reference.unknown", "subdistrict", value=area)
    for part, digits in (("district", 4), ("province", 2)):
        if parts.get(part) and parts[part] != area[:digits]:
            subject.add("address.area-differs", part, value=parts[part])


def _judge_files(subject: Subject, files: list[Json]) -> None:
    limits = subject.spec.limits
    if limits is None:
        return
    named = [item for item in files if isinstance(item, dict)]
    if len(named) > limits.files:
        subject.add("file.too-many", files=str(limits.files), name=str(named[-1].get("name", "")))
    for item in named:
        name, size = str(item.get("name", "")), item.get("size", 0)
        if item.get("type") not in limits.types:
            subject.add("file.type", name=name, types=", ".join(limits.types))
        if isinstance(size, int) and size > limits.bytes:
            subject.add("file.too-big", name=name, size=_megabytes(size), most=_megabytes(limits.bytes))
        if size == 0:
            subject.add("file.empty", name=name)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _judge_text(subject: Subject, text: str) -> None:
    spec = subject.spec
    if spec.type is FieldType.REFERENCE:
        if subject.tables is not None and not subject.tables(spec.table, text):
            subject.add("reference.unknown", value=text)
        return
    reader = _TEXTS.get(spec.type)
    if reader is not None:
        found = reader(text, _kind(subject) if spec.type is FieldType.IDENTITY else "any")
        if isinstance(found, Problem):
            subject.problems.append(replace(found, place=subject.place))
        elif found != text:
            subject.problems.append(Problem("answer.form", subject.place, {"value": text}, mend=found))


def _kind(subject: Subject) -> str:
    """``of`` is a kind, or the name of the field or column that answers with one."""
    of = subject.spec.of or "any"
    if of in ids.KINDS:
        return of
    try:
        answer = subject.scope.value(of)
    except ExpressionError:
        return "any"
    return answer if isinstance(answer, str) and answer in ids.KINDS else "any"


_TEXTS: dict[FieldType, Callable[[str, str], str | Problem]] = {
    FieldType.IDENTITY: ids.read_identity,
    FieldType.BRANCH: lambda text, _: ids.read_branch(text),
    FieldType.PHONE: lambda text, _: ids.read_phone(text),
    FieldType.EMAIL: lambda text, _: ids.read_email(text),
}
