"""Rules for expressions: they parse, name what exists, compare with codes that exist, and never circle."""

import ast
from collections.abc import Iterator
from dataclasses import replace

from chutdiao.domain.expression import Expression, ExpressionError, compile_expression
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Problem
from chutdiao.formlib.lint.draft import Draft, Spot, Written
from chutdiao.formlib.shape import nearest
from chutdiao.formlib.source import Mark


def check_expressions(draft: Draft, parameters: Parameters) -> Iterator[Problem]:
    """Every problem of the form's expressions."""
    for spot in draft.spots:
        expression = compiled(spot)
        if isinstance(expression, Problem):
            yield expression
            continue
        yield from _names(draft, spot, expression)
        yield from _rows_outside(spot, expression)
        yield from unknown_parameters(expression, spot.mark, parameters)
        yield from _codes(draft, spot)


def compiled(spot: Spot) -> Expression | Problem:
    """The expression, or the problem placed where it was written."""
    try:
        return compile_expression(spot.source)
    except ExpressionError as error:
        return replace(error.problems[0], place=str(spot.mark))


def unknown_parameters(expression: Expression, mark: Mark, parameters: Parameters) -> Iterator[Problem]:
    """Rates and limits that no file of ``parameters`` gives."""
    for name in sorted(expression.parameters):
        if name not in parameters and name not in parameters.tables:
            near = nearest(name, [*parameters.values, *parameters.tables])
            yield Problem("form.unknown-parameter", str(mark), {"name": name, "nearest": near})


def _names(draft: Draft, spot: Spot, expression: Expression) -> Iterator[Problem]:
    here = draft.names_in((spot.table,) if spot.table else ())
    wrong = {name: here for name in expression.outer | expression.above if name not in here}
    for tables, name in expression.inner:
        for table in tables:
            if table not in draft.tables:
                wrong[table] = frozenset(draft.tables)
        inside = draft.names_in((*tables, spot.table))
        if name and name not in inside:
            wrong[name] = inside
    for name, known in sorted(wrong.items()):
        code = (
            "form.unknown-table"
            if name in draft.names and known == frozenset(draft.tables)
            else "form.unknown-name"
        )
        yield Problem(code, str(spot.mark), {"name": name, "nearest": nearest(name, known)})


def _rows_outside(spot: Spot, expression: Expression) -> Iterator[Problem]:
    alone = {"row", "before"} & expression.calls
    if alone and not spot.table and not expression.inner:
        yield Problem("form.row-outside-table", str(spot.mark), {"name": min(alone)})


def _codes(draft: Draft, spot: Spot) -> Iterator[Problem]:
    """A choice compared with a code it can never have makes a rule that never holds."""
    for node in ast.walk(ast.parse(" ".join(spot.source.split()), mode="eval")):
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            continue
        left, right = node.left, node.comparators[0]
        name, others = (left, right) if isinstance(left, ast.Name) else (right, left)
        written = _choice(draft, spot, name)
        if written is None:
            continue
        codes = codes_of(written, draft)
        for wrong in sorted({code for code in _constants(others) if code not in codes}):
            values = {"code": wrong, "field": written.id, "nearest": nearest(wrong, codes)}
            yield Problem("form.unknown-choice", str(spot.mark), values)


def codes_of(written: Written, draft: Draft) -> list[str]:
    """The codes of a choice, its own or those of its fact."""
    fact = draft.facts.get(str(written.raw.get("bind", "")), {})
    items = written.raw.get("choices", fact.get("choices", ()))
    return [str(item["code"] if isinstance(item, dict) else item) for item in items]


def _choice(draft: Draft, spot: Spot, node: ast.expr) -> Written | None:
    if not isinstance(node, ast.Name):
        return None
    columns = [draft.tables.get(spot.table, {})] if spot.table else list(draft.tables.values())
    places = [*columns, draft.top] if spot.table else [draft.top, *columns]
    for place in places:
        if node.id in place:
            written = place[node.id]
            return written if written.type in {"choice", "choices"} and codes_of(written, draft) else None
    return None


def _constants(node: ast.expr) -> Iterator[str]:
    parts = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def check_cycles(draft: Draft) -> Iterator[Problem]:
    """Values and conditions that wait for one another."""
    waits: dict[str, set[str]] = {}
    marks: dict[str, Mark] = {}
    for spot in draft.spots:
        if spot.use not in {"value", "show"}:
            continue
        expression = compiled(spot)
        if isinstance(expression, Problem):
            continue
        marks.setdefault(spot.owner, spot.mark)
        waits.setdefault(spot.owner, set()).update(_reads(draft, spot, expression))
    for circle in _circles(waits):
        yield Problem("form.cycle", str(marks[circle[0]]), {"names": " → ".join((*circle, circle[0]))})


def _reads(draft: Draft, spot: Spot, expression: Expression) -> Iterator[str]:
    """What must be known first; a sum over the rows above never waits for its own row."""
    columns = draft.tables.get(spot.table, {})
    for name in expression.outer:
        yield f"{spot.table}.{name}" if name in columns else name
    for tables, name in expression.inner:
        owner = next((table for table in tables if name in draft.tables.get(table, {})), "")
        if name:
            yield f"{owner}.{name}" if owner else name


def _circles(waits: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle once, found by walking depth first."""
    done: set[str] = set()
    for start in waits:
        path: list[str] = []
        stack = [(start, iter(sorted(waits[start])))]
        path.append(start)
        while stack and start not in done:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(name)
                stack.pop()
                path.pop()
            elif following in path:
                yield tuple(path[path.index(following) :])
                done.update(path)
            elif following in waits and following not in done:
                path.append(following)
                stack.append((following, iter(sorted(waits[following]))))
