"""The values of a form: worked out in order, again only where something they read has changed."""

from dataclasses import replace

from chutdiao.domain.check.answers import read_answer, settle
from chutdiao.domain.check.program import ALL, NONE, Condition, Dirty, Kind, Node, Program, Reads, RowIds
from chutdiao.domain.check.scopes import FormScope, RowScope
from chutdiao.domain.check.state import ROW, Answers, Context, cell
from chutdiao.domain.expression import UNANSWERED, Expression, ExpressionError, Scope, Value, truth
from chutdiao.domain.form import Field
from chutdiao.domain.problem import Json, Problem

# says that a table changed though none of its present rows did
_THE_TABLE: RowIds = frozenset(("",))


def joined(left: RowIds, right: RowIds) -> RowIds:
    """Return the rows of both; ``ALL`` stays itself."""
    return ALL if left is ALL or right is ALL else left | right


def touched(reads: Reads, dirty: Dirty) -> RowIds:
    """Return the rows that changes reach through what is read: all of them, some, or none."""
    found: RowIds = NONE
    for key, own_row in reads.items():
        rows = dirty.get(key)
        if rows:
            if rows is ALL or not own_row:
                return ALL
            found = found | rows
    return found


class Worked:
    """Values, what is shown, rows, and what went wrong on the way."""

    def __init__(self, program: Program, answers: Answers, context: Context) -> None:
        columns = {table: frozenset(nodes) for table, nodes in program.columns.items()}
        self._program = program
        self._answers = answers
        self.scope = FormScope(context, columns)
        self.shown: dict[str, bool] = {}
        self.rows: dict[str, dict[str, RowScope]] = {table: {} for table in columns}
        self.formats: dict[str, Problem] = {}
        self.faults: dict[str, tuple[Problem, ...]] = {}
        self._gone: list[tuple[str, str]] = []
        for key, node in program.by_key.items():
            if node.kind is not Kind.COLUMN:
                self.scope.values[key] = UNANSWERED
                self.shown[key] = True

    def work(self, given: Dirty) -> Dirty:
        """Work out what the given nodes touch; returns every node and row to judge again."""
        self.scope.forget()
        dirty: Dirty = dict(given)
        for node in self._program.nodes:
            rows = joined(given.get(node.key, NONE), touched(node.reads, dirty))
            if not rows:
                continue
            said = self._said(node.key)
            moved = _WORKERS[node.kind](self, node, rows, node.key in given)
            if self._said(node.key) != said:
                moved = ALL
            if node.table in given:
                moved = joined(moved, dirty[node.table])
            table_given = node.kind is Kind.TABLE and node.key in given
            reached = moved if table_given else joined(given.get(node.key, NONE), moved)
            if reached:
                dirty[node.key] = reached
        return dirty

    def _said(self, place: str) -> tuple[tuple[Problem, ...], Problem | None]:
        return self.faults.get(place, ()), self.formats.get(place)

    def take_gone(self) -> list[tuple[str, str]]:
        """Return the rows dropped since the last call."""
        gone, self._gone = self._gone, []
        return gone

    def _section(self, node: Node, _: RowIds, __: bool) -> RowIds:
        self.faults.pop(node.key, None)
        return self._moved(node.key, self._holds(node.show, self.scope, node.key), UNANSWERED)

    def _field(self, node: Node, _: RowIds, __: bool) -> RowIds:
        if node.spec is None:
            return NONE
        key = node.key
        self.faults.pop(key, None)
        self.formats.pop(key, None)
        shown = self._section_shown(key) and self._holds(node.show, self.scope, key)
        value = (
            self._answer(node, node.spec, self.scope, key, self._answers.get(key)) if shown else UNANSWERED
        )
        return self._moved(key, shown, value)

    def _table(self, node: Node, _: RowIds, given: bool) -> RowIds:
        """Rows came or went, or the whole table is shown or hidden; rows in their old place stand."""
        key = node.key
        self.faults.pop(key, None)
        fresh = self._read_rows(key) if given else NONE
        shown = self._section_shown(key) and self._holds(node.show, self.scope, key)
        ids = tuple(self.rows[key])
        was_shown = self.shown[key]
        moved = self._moved(key, shown, ids if shown and ids else UNANSWERED)
        if not given or was_shown != shown:
            return moved
        return fresh | _THE_TABLE

    def _computed(self, node: Node, _: RowIds, __: bool) -> RowIds:
        self.faults.pop(node.key, None)
        value = self._ask(node.value, self.scope, node.key) if node.value is not None else UNANSWERED
        return self._moved(node.key, True, value)

    def _column(self, node: Node, rows: RowIds, _: bool) -> RowIds:
        spec, table_rows = node.spec, self.rows[node.table]
        if spec is None:
            return NONE
        table_shown = self.shown[node.table]
        moved = set()
        for row_id in table_rows if rows is ALL else rows:
            row = table_rows.get(row_id)
            if row is not None and self._cell(node, spec, row, table_shown):
                moved.add(row_id)
        return frozenset(moved)

    def _cell(self, node: Node, spec: Field, row: RowScope, table_shown: bool) -> bool:
        name, place = spec.id, cell(node.table, row.id, spec.id)
        said = self._said(place)
        self.faults.pop(place, None)
        self.formats.pop(place, None)
        was = (row.cells[name], name in row.hidden)
        shown = table_shown and (node.show is True or self._holds(node.show, row, place))
        if shown:
            row.hidden.discard(name)
            row.cells[name] = self._answer(node, spec, row, place, row.raw.get(name))
        else:
            row.hidden.add(name)
            row.cells[name] = UNANSWERED
        return was != (row.cells[name], not shown) or said != self._said(place)

    def _moved(self, key: str, shown: bool, value: Value) -> RowIds:
        same = self.shown[key] == shown and self.scope.values[key] == value
        self.shown[key], self.scope.values[key] = shown, value
        return NONE if same else ALL

    def _section_shown(self, key: str) -> bool:
        return self.shown[f"section:{self._program.sections[key]}"]

    def _answer(self, node: Node, spec: Field, scope: Scope, place: str, raw: Json) -> Value:
        if node.in_cycle:
            self._fault(place, Problem("expression.cycle", values={"name": node.key}))
            return UNANSWERED
        if node.value is not None:
            value = self._ask(node.value, scope, place)
            try:
                return settle(spec, value)
            except ExpressionError as error:
                self._fault(place, *error.problems)
                return UNANSWERED
        value, problem = read_answer(spec, raw, self.scope.today)
        if problem is not None:
            self.formats[place] = problem
        return value

    def _holds(self, test: Condition, scope: Scope, place: str) -> bool:
        if not isinstance(test, Expression):
            return test
        try:
            return truth(test.evaluate(scope)) is True
        except ExpressionError as error:
            self._fault(place, *error.problems)
            return False

    def _ask(self, source: Expression, scope: Scope, place: str) -> Value:
        try:
            return source.evaluate(scope)
        except ExpressionError as error:
            self._fault(place, *error.problems)
            return UNANSWERED

    def _fault(self, place: str, *problems: Problem) -> None:
        placed = tuple(replace(problem, place=place) for problem in problems)
        self.faults[place] = (*self.faults.get(place, ()), *placed)

    def _read_rows(self, table: str) -> RowIds:
        """Read the rows anew; return those that are new or stand in another place."""
        raw = self._answers.get(table)
        self.formats.pop(table, None)
        if raw is not None and not isinstance(raw, list):
            self.formats[table] = Problem("answer.type", values={"value": str(raw)[:60]})
            raw = []
        held, fresh = self.rows[table], dict[str, RowScope]()
        new: set[str] = set()
        for number, item in enumerate(raw or [], 1):
            cells = item if isinstance(item, dict) else {}
            row_id = str(cells.get(ROW) or f"row{number}")
            if row_id in fresh:
                row_id = f"row{number}"
            old = held.get(row_id)
            if old is not None and old.number == number and old.raw is cells:
                fresh[row_id] = old
                continue
            fresh[row_id] = RowScope(self.scope, table, row_id, number, cells)
            new.add(row_id)
        gone = [(table, row_id) for row_id in held if row_id not in fresh]
        for _, row_id in gone:
            for column in self._program.columns[table]:
                self.faults.pop(cell(table, row_id, column), None)
                self.formats.pop(cell(table, row_id, column), None)
        self._gone += gone
        self.rows[table] = fresh
        self.scope.row_scopes[table] = list(fresh.values())
        return frozenset(new)


_WORKERS = {
    Kind.SECTION: Worked._section,
    Kind.FIELD: Worked._field,
    Kind.TABLE: Worked._table,
    Kind.COLUMN: Worked._column,
    Kind.COMPUTED: Worked._computed,
}
