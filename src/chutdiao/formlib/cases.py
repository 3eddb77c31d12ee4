"""Run ``cases.yaml``: situations with the fields, problems and values an author expects."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from chutdiao.domain.check import Context, FormState, evaluate, filled
from chutdiao.domain.expression import Expression, ExpressionError, compile_expression
from chutdiao.domain.form import Check, FormSpec
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.formlib.source import Items, Table, mark_of, place_of, plain

Holds = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One situation, what the form made of it, and what differs from what was expected."""

    case: Table
    state: FormState
    problems: tuple[Problem, ...] = field(default=())


def run_cases(form: FormSpec, cases: Items, parameters: Parameters, tables: Holds | None) -> list[Outcome]:
    """Evaluate every situation and compare."""
    return [_run(form, case, parameters, tables) for case in cases]


def _run(form: FormSpec, case: Table, parameters: Parameters, tables: Holds | None) -> Outcome:
    context = Context(date.fromisoformat(case["today"]), parameters)
    answers = with_rows(form, plain(case.get("answers", {})))
    unsure = frozenset(str(place) for place in case.get("unsure", ()))
    state = evaluate(form, answers, context, unsure, tables)
    return Outcome(case, state, tuple(_differences(case, state)))


def with_rows(form: FormSpec, answers: Any) -> dict[str, Json]:
    """Answers whose table rows all have an id; authors leave it out and mean r1, r2, …"""
    found: dict[str, Json] = dict(answers)
    for question in form.fields():
        rows = found.get(question.id)
        if question.columns and isinstance(rows, list):
            found[question.id] = [
                {"_row": f"r{n}", **row} if isinstance(row, dict) else row for n, row in enumerate(rows, 1)
            ]
    return found


def _differences(case: Table, state: FormState) -> Iterator[Problem]:
    expect = case["expect"]
    for rule in (_shown, _problems, _needed, _values):
        for node, want, got in rule(expect, state):
            values = {"name": str(case["name"]), "expected": want, "found": got}
            yield Problem("cases.failed", place_of(node, case.mark), values)
    if "ready" in expect:
        want = expect["ready"] == "yes"
        if state.ready != want:
            stops = [shown(p) for p in state.problems if p.level is Level.STOP]
            values = {"name": str(case["name"]), "expected": f"ready: {expect['ready']}"}
            values["found"] = ", ".join(stops) or "ready: yes"
            yield Problem("cases.failed", place_of(expect["ready"]), values)


Difference = Iterator[tuple[Any, str, str]]


def _shown(expect: Table, state: FormState) -> Difference:
    for key in ("visible", "hidden"):
        for name in expect.get(key, ()):
            found = state.fields.get(str(name))
            if found is None:
                yield name, f"{key} {name}", "–"
            elif found.visible != (key == "visible"):
                yield name, f"{key} {name}", "visible" if found.visible else "hidden"


def _needed(expect: Table, state: FormState) -> Difference:
    for key in ("required", "optional"):
        for name in expect.get(key, ()):
            found = state.fields.get(str(name))
            if found is None or found.required != (key == "required"):
                yield (
                    name,
                    f"{key} {name}",
                    "–" if found is None else ("optional", "required")[found.required],
                )


def _problems(expect: Table, state: FormState) -> Difference:
    """All problems must be as listed; those of unanswered fields only where one is listed."""
    if "problems" not in expect:
        return
    wanted = {str(entry): entry for entry in expect["problems"]}
    found = {shown(problem) for problem in state.problems}
    bare = {entry.split("@")[0] for entry in found}
    for entry, node in wanted.items():
        if entry not in found and entry not in bare:
            yield node, entry, ", ".join(sorted(found)) or "–"
    codes = {entry for entry in wanted if "@" not in entry}
    for entry in sorted(found - set(wanted)):
        if entry.split("@")[0] not in {"required", *codes}:
            yield expect["problems"], "–", entry


def shown(problem: Problem) -> str:
    """A problem as cases name it: ``code@place``."""
    return f"{problem.code}@{problem.place}"


def _values(expect: Table, state: FormState) -> Difference:
    for name, want in expect.get("values", {}).items():
        found = state.fields.get(str(name))
        value = state.computed.get(str(name)) if found is None else found.value
        if not _same(plain(want), value):
            yield want, f"{name} = {plain(want)}", f"{name} = {_text(value)}"


def _same(want: Json, value: Any) -> bool:
    if isinstance(want, list) and isinstance(value, list | tuple):
        return len(want) == len(value) and all(_same(w, v) for w, v in zip(want, value, strict=True))
    if isinstance(want, dict) and isinstance(value, Mapping):
        return all(_same(part, value.get(key)) for key, part in want.items())
    text = _text(value)
    if want == text:
        return True
    try:
        return Decimal(str(want)) == Decimal(text)
    except InvalidOperation:
        return False


def _text(value: Any) -> str:
    if value is None or type(value).__name__ == "Unanswered":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def uncovered(form: FormSpec, outcomes: Sequence[Outcome], cases: Items) -> Iterator[Problem]:
    """Checks that no situation shows wrong, right or unanswered; each must be seen all three ways."""
    for code, check, table in _checks(form):
        seen = set[str]().union(*(_seen(outcome.state, code, check, table) for outcome in outcomes))
        missing = [word for word in ("wrong", "right", "unanswered") if word not in seen]
        if missing:
            values = {"code": code, "missing": ", ".join(missing)}
            yield Problem("cases.check-not-shown", str(mark_of(cases)), values)


def _checks(form: FormSpec) -> Iterator[tuple[str, Check, str]]:
    """Every check with the code its problems carry and the table it stands in."""
    owners: list[tuple[str, str, tuple[Check, ...]]] = [(form.id, "", form.checks)]
    for question in form.fields():
        owners.append((question.id, "", question.checks))
        owners.extend((column.id, question.id, column.checks) for column in question.columns)
    for owner, table, checks in owners:
        yield from ((f"check.{owner}.{n}", check, table) for n, check in enumerate(checks, 1))


def _seen(state: FormState, code: str, check: Check, table: str) -> set[str]:
    """How one situation shows a check."""
    if any(problem.code == code for problem in state.problems):
        return {"wrong"}
    if table:
        return {"right"} if state.row_ids.get(table) else {"unanswered"}
    try:
        value = state.ask(check.that)
    except ExpressionError:
        return set()
    seen = {"right"} if value is True else set()
    return seen if _answered(state, compile_expression(check.that)) else seen | {"unanswered"}


def _answered(state: FormState, expression: Expression) -> bool:
    """Whether everything an expression reads is there."""
    tables = all(state.row_ids.get(table) for table in expression.tables)
    return tables and all(_filled(state, name) for name in expression.outer)


def _filled(state: FormState, name: str) -> bool:
    found = state.fields.get(name)
    return filled(state.computed.get(name)) if found is None else found.visible and filled(found.value)
