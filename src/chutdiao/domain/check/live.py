"""A form with its answers kept worked out: all at first, then only what a change touches."""

from collections import Counter
from collections.abc import Iterable, Mapping

from chutdiao.domain.check.answers import to_json
from chutdiao.domain.check.judge import HasCode, Subject, hidden, is_bare, judge, judge_bare, judge_rule
from chutdiao.domain.check.program import ALL, NONE, Kind, Node, RowIds, program_of
from chutdiao.domain.check.state import Answers, Context, FieldState, FormState, SectionState, cell, filled
from chutdiao.domain.check.worked import Worked, joined, touched
from chutdiao.domain.expression import UNANSWERED
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import Json, Level, Problem
from chutdiao.domain.text import LocalText

_BLANK = Field("", FieldType.TEXT, LocalText("", ""))
Order = tuple[int, int, int]


class LiveForm:
    """Answers under the law of one form. The owner changes ``answers`` and says which nodes it changed."""

    def __init__(
        self,
        form: FormSpec,
        answers: Answers,
        context: Context,
        unsure: Iterable[str] = (),
        tables: HasCode | None = None,
    ) -> None:
        self.answers = answers
        self.unsure = set(unsure)
        self._program = program_of(form)
        self._has_code = tables
        self._worked = Worked(self._program, answers, context)
        self._states: dict[str, FieldState] = {}
        self._troubles: dict[str, tuple[Order, tuple[Problem, ...]]] = {}
        self._stops: Counter[str] = Counter()
        self._loose: dict[str, tuple[Problem, ...]] = {}
        self._unseen = [node.key for node in self._program.nodes if node.spec is None]
        self._note_unknown()
        self.change(dict.fromkeys(self._program.by_key, ALL))

    def change(self, dirty: Mapping[str, RowIds]) -> frozenset[str]:
        """Work out again what depends on these nodes (``field`` or ``table.column``) and rows.

        A table's own key says that rows came, went or were replaced, not that cells changed in place.
        Returns the places whose state changed.
        """
        reached = self._worked.work(dict(dirty))
        changed: set[str] = set(self._forget_rows())
        for node in self._program.nodes:
            rows = joined(reached.get(node.key, NONE), touched(node.judged_by, reached))
            if not rows or node.spec is None:
                continue
            if node.kind is Kind.COLUMN:
                self._judge_column(node, node.spec, rows, changed)
            else:
                self._judge_plain(node, node.spec, changed)
        for rule in self._program.rules:
            if touched(rule.judged_by, reached) or not rule.judged_by:
                self._judge_form(rule)
        return frozenset(changed)

    def state(self) -> FormState:
        """Return everything as it now stands."""
        program, worked = self._program, self._worked
        placed = [problems for _, problems in sorted(self._troubles.values(), key=lambda item: item[0])]
        loose = [self._loose[key] for key in sorted(self._loose)]
        loose += [worked.faults[key] for key in self._unseen if key in worked.faults]
        return FormState(
            form=program.form,
            fields=dict(self._states),
            problems=tuple(problem for group in (*placed, *loose) for problem in group),
            sections={section.id: self._section(section.id) for section in program.form.sections},
            computed={named.id: to_json(worked.scope.values[named.id]) for named in program.form.computed},
            row_ids={table: tuple(rows) for table, rows in worked.rows.items()},
            scope=worked.scope,
        )

    def _note_unknown(self) -> None:
        known = {spec.id for spec in self._program.form.fields()}
        strange = [key for key in self.answers if key not in known]
        if strange:
            self._loose[""] = tuple(
                Problem("answer.unknown", key, {"name": key}, level=Level.WARN) for key in strange
            )

    def _forget_rows(self) -> list[str]:
        gone = [
            cell(table, row, column)
            for table, row in self._worked.take_gone()
            for column in self._program.columns[table]
        ]
        for place in gone:
            self._states.pop(place, None)
            self._trouble(place, (0, 0, 0), ())
        return gone

    def _judge_plain(self, node: Node, spec: Field, changed: set[str]) -> None:
        raw = self.answers.get(spec.id)
        if self._worked.shown[node.key]:
            subject = self._subject(node, spec, spec.id, raw)
            subject.rows = len(self._worked.rows.get(spec.id, ()))
            state = judge(subject)
        else:
            faults = self._worked.faults.get(spec.id, ())
            state = hidden(spec, raw, node.value is not None, spec.id in self.unsure, faults)
        self._keep(spec.id, (node.order[0], 0, 0), state, changed)

    def _judge_column(self, node: Node, spec: Field, rows: RowIds, changed: set[str]) -> None:
        table_rows = self._worked.rows[node.table]
        computed = node.value is not None
        bare = is_bare(node)
        for row_id in table_rows if rows is ALL else rows:
            row = table_rows.get(row_id)
            if row is None:
                continue
            place, raw = cell(node.table, row_id, spec.id), row.raw.get(spec.id)
            if spec.id in row.hidden:
                faults = self._worked.faults.get(place, ())
                state = hidden(spec, raw, computed, place in self.unsure, faults)
            elif bare and place not in self._worked.faults:
                state = judge_bare(node, spec, place, row.cells[spec.id], place in self.unsure)
            else:
                subject = self._subject(node, spec, place, raw)
                subject.scope, subject.value = row, row.cells[spec.id]
                state = judge(subject)
            self._keep(place, (node.order[0], row.number, node.order[1]), state, changed)

    def _judge_form(self, rule: Node) -> None:
        subject = self._subject(rule, _BLANK, "", None)
        for check in rule.rules:
            judge_rule(subject, check)
        self._loose[rule.key] = tuple(subject.problems)

    def _subject(self, node: Node, spec: Field, place: str, raw: Json) -> Subject:
        worked = self._worked
        return Subject(
            node,
            spec,
            place,
            raw,
            worked.scope.values.get(node.key, UNANSWERED),
            worked.scope,
            place in self.unsure,
            worked.formats.get(place),
            worked.faults.get(place, ()),
            self._has_code,
        )

    def _keep(self, place: str, order: Order, state: FieldState, changed: set[str]) -> None:
        if self._states.get(place) != state:
            self._states[place] = state
            changed.add(place)
        if state.problems or place in self._troubles:
            self._trouble(place, order, state.problems)

    def _trouble(self, place: str, order: Order, problems: tuple[Problem, ...]) -> None:
        top = place.partition("[")[0]
        _, before = self._troubles.pop(place, (order, ()))
        self._stops[top] += _stopping(problems) - _stopping(before)
        if problems:
            self._troubles[place] = (order, problems)

    def _section(self, section_id: str) -> SectionState:
        section = next(section for section in self._program.form.sections if section.id == section_id)
        needed = answered = problems = 0
        for spec in section.fields:
            state = self._states[spec.id]
            if not state.visible:
                continue
            problems += self._stops[spec.id]
            if not state.computed and (state.required or (spec.rows is not None and spec.rows.min > 0)):
                needed += 1
                answered += filled(state.value)
        return SectionState(self._worked.shown[f"section:{section_id}"], answered, needed, problems)


def _stopping(problems: tuple[Problem, ...]) -> int:
    return sum(problem.level is Level.STOP for problem in problems)


def node_of(place: str) -> tuple[str, RowIds]:
    """Return the node and rows an answer's place belongs to."""
    table, bracket, rest = place.partition("[")
    if not bracket:
        return place.partition(".")[0], ALL
    row, _, column = rest.partition("].")
    return f"{table}.{column.partition('.')[0]}", frozenset((row,))
