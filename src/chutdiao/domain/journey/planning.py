"""From answers to a plan: decide every step, put them in order, count the days."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from chutdiao.domain.check import Context
from chutdiao.domain.deadline import count_from
from chutdiao.domain.expression import UNANSWERED
from chutdiao.domain.form import Requirement, Time
from chutdiao.domain.journey.answers import AnswerValues
from chutdiao.domain.journey.deciding import Decided, deadline_open, decide
from chutdiao.domain.journey.model import NOTHING, After, Decision, Journey, Service, Step
from chutdiao.domain.journey.outcome import Excluded, OpenQuestion, Plan, PlanStep, StepDone
from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText

LOCAL = "local_authority(premises)"
LOCAL_AGENCY = "local-authority"
OWN_ACTION = "own-action"
EARLIER = "@"
_ORDER = ("low", "medium", "high")
_FILED = ("waiting-to-send", "filed", "correction", "approved", "issued")
_NO_SERVICE = Service("", NOTHING, "", "")


def plan(
    journey: Journey,
    answers: Mapping[str, Json],
    context: Context,
    unsure: frozenset[str] = frozenset(),
    done: Mapping[str, StepDone] | None = None,
) -> Plan:
    """The plan of these answers on a day; ``done`` is how far each step has come."""
    return _Planner(journey, answers, context, unsure, done or {}).plan()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A step that stays in the plan and the service that its table chose."""

    step: Step
    decided: Decided
    service: Service
    done: StepDone | None


@dataclass(frozen=True, slots=True)
class _Days:
    starts: date
    finish: date | None
    due: date | None
    unknown: bool


class _Planner:
    """Holds what the parts of one planning share."""

    def __init__(
        self,
        journey: Journey,
        answers: Mapping[str, Json],
        context: Context,
        unsure: frozenset[str],
        done: Mapping[str, StepDone],
    ) -> None:
        self._journey, self._context, self._unsure, self._done = journey, context, unsure, done
        self._values = AnswerValues(journey, answers, context, unsure)
        self._excluded: list[Excluded] = []
        self._made: dict[str, PlanStep] = {}

    def plan(self) -> Plan:
        chosen: dict[str, _Chosen] = {}
        dropped: list[PlanStep] = []
        for step in self._journey.steps:
            decided = decide(step, self._values)
            done = self._done.get(step.id)
            if decided.excluded:
                self._exclude(step, decided, done, dropped)
            else:
                chosen[step.id] = self._choose(step, decided, done, dropped)
        for step_id in _in_order(chosen):
            self._made[step_id] = self._make(chosen[step_id], chosen)
        steps = [*dropped, *_with_unlocks(self._made)]
        return self._whole(steps)

    def _exclude(self, step: Step, decided: Decided, done: StepDone | None, dropped: list[PlanStep]) -> None:
        row = decided.row
        assert row is not None
        if done is not None and done.state in _FILED:
            dropped.append(self._dropped(step, done, self._why(row), row.law, step.id))
            return
        self._excluded.append(Excluded(step.id, self._title(step), self._why(row), row.law))

    def _choose(
        self, step: Step, decided: Decided, done: StepDone | None, dropped: list[PlanStep]
    ) -> _Chosen:
        service = self._service(decided.row)
        if done is not None and done.form and decided.row is not None and done.form != service.form:
            if done.state in _FILED:
                earlier = f"{step.id}{EARLIER}{done.form}"
                dropped.append(self._dropped(step, done, self._why(decided.row), decided.row.law, earlier))
            done = None
        return _Chosen(step, decided, service, done)

    def _service(self, row: Decision | None) -> Service:
        return self._journey.services.get(row.service, _NO_SERVICE) if row else _NO_SERVICE

    def _title(self, step: Step) -> LocalText:
        """The step's own title, else that of the first service it may lead to."""
        if step.title.th:
            return step.title
        found = (self._service(row) for row in step.decide if row.service)
        return next((service.title for service in found if service.id), LocalText.of(step.id))

    def _dropped(self, step: Step, done: StepDone, why: LocalText, law: str, step_id: str) -> PlanStep:
        services = (self._service(row) for row in step.decide if row.service)
        known = [service for service in services if service.id]
        service = next((s for s in known if s.form == done.form and done.form), None)
        service = service or (known[0] if len(known) == 1 else _NO_SERVICE)
        told = LocalText(
            f"ไม่ต้องใช้แล้วตามคำตอบใหม่ · {why.th}", f"No longer needed by the new answers · {why.en}"
        )
        agency_id, agency = self._agency(step, service)
        return PlanStep(
            id=step_id,
            title=service.title if service.id else self._title(step),
            why=told,
            law=law,
            after=(),
            agency_id=agency_id,
            agency=agency,
            fee=None,
            days=None,
            unit="",
            finish=done.on,
            documents=(),
            confidence=service.confidence,
            state="dropped",
            service=service.id,
            form=done.form or service.form,
            form_name=service.form_name,
            dropped=step.when_dropped,
            done=done,
        )

    def _make(self, chosen: _Chosen, every: Mapping[str, _Chosen]) -> PlanStep:
        step, service, done = chosen.step, chosen.service, chosen.done
        row = chosen.decided.row
        after = tuple(i for i in step.after.ids if i in every)
        time = (service.time or step.time) if row else None
        fee = (service.fee or step.fee) if row else None
        days = self._days(step, done, time)
        agency_id, agency = self._agency(step, service)
        doubts = [service.confidence, fee.confidence if fee else "", time.confidence if time else ""]
        if row is None or days.unknown:
            doubts.append("low")
        waits = self._waits(step.after)
        return PlanStep(
            id=step.id,
            title=service.title if service.id else self._title(step),
            why=self._why(row) if row else self._depends(chosen.decided),
            law=_law(chosen.decided),
            after=after,
            agency_id=agency_id,
            agency=agency,
            fee=fee,
            days=time.count if time else None,
            unit=time.unit if time else "",
            finish=days.finish,
            documents=self._documents(step, service),
            confidence=min(filter(None, doubts), key=_ORDER.index),
            state=_state(row, done, waits),
            service=service.id,
            form=service.form,
            form_name=service.form_name,
            may_operate_from=time.may_operate_from if time else "",
            starts=days.starts,
            due=days.due,
            due_law=step.due.law if step.due and days.due else "",
            what=service.what if service.id else step.what,
            where=service.where,
            renewal=service.renewal,
            site=service.site,
            channels=service.channels,
            open=tuple(dict.fromkeys((*chosen.decided.open, *deadline_open(step, self._values)))),
            waits_for=() if done and done.state in _FILED else waits,
            yields=step.yields,
            source=service.source,
            checked_on=service.checked_on,
            pack=service.pack,
            done=done,
        )

    def _days(self, step: Step, done: StepDone | None, time: Time | None) -> _Days:
        starts, known = self._starts(step.after, done)
        ends = count_from(starts, time.count, time.unit, self._context.parameters) if time else None
        finish = ends.day if ends and known else None
        if done is not None and done.state == "issued":
            finish = done.on
        due, unknown = self._due(step)
        return _Days(starts, finish, due, unknown or bool(ends and ends.unknown_year))

    def _starts(self, after: After, done: StepDone | None) -> tuple[date, bool]:
        """The first day it can begin, behind every one of ``all`` and the earliest of ``any``.

        The second part says whether that day is known: it is not when one before it has no finish.
        """
        if done is not None and done.on is not None and done.state in _FILED:
            return done.on, True
        first = [self._made[i] for i in after.all if i in self._made]
        ways = [self._made[i] for i in after.any if i in self._made]
        if ways:
            first.append(min(ways, key=lambda way: (way.finish is None, self._ready_on(way.id))))
        days = [self._context.today, *(self._ready_on(made.id) for made in first)]
        return max(days), all(made.finish is not None for made in first)

    def _ready_on(self, step_id: str) -> date:
        made = self._made[step_id]
        return made.finish or made.starts or self._context.today

    def _waits(self, after: After) -> tuple[str, ...]:
        """Steps at an office that must be finished first; gathering one's own papers holds nothing up."""
        waits = [i for i in after.all if self._blocks(i)]
        ways = [i for i in after.any if i in self._made]
        if ways and all(self._blocks(i) for i in ways):
            waits += ways
        return tuple(waits)

    def _blocks(self, step_id: str) -> bool:
        made = self._made.get(step_id)
        return made is not None and not made.finished and made.agency_id != OWN_ACTION

    def _due(self, step: Step) -> tuple[date | None, bool]:
        due = step.due
        if due is None or (due.when and self._values.holds(due.when) is not True):
            return None, False
        since = self._values.get(due.since, UNANSWERED)
        if not isinstance(since, date):
            return None, False
        try:
            found = count_from(since, due.count, due.unit, self._context.parameters)
        except OverflowError:
            return None, True
        return found.day, found.unknown_year

    def _agency(self, step: Step, service: Service) -> tuple[str, LocalText]:
        asked = service.agency or step.agency
        if asked == LOCAL:
            return LOCAL_AGENCY, self._authority()
        agency = self._journey.agencies.get(asked)
        return asked, agency.name if agency else LocalText.of(asked)

    def _authority(self) -> LocalText:
        """The local authority by the type and name the user gave."""
        agency = self._journey.agencies.get(LOCAL_AGENCY)
        generic = agency.name if agency else LocalText.of(LOCAL_AGENCY)
        kind, name = (self._values.get(question, UNANSWERED) for question in self._journey.authority)
        word = agency.types.get(kind) if agency and isinstance(kind, str) else None
        if not isinstance(name, str):
            return word or generic
        if word is None:
            return LocalText(name, name)
        bare = name.removeprefix(word.th).strip()
        if not bare or bare == word.th:
            return word
        return LocalText(f"{word.th}{bare}", f"{word.en} {bare}")

    def _documents(self, step: Step, service: Service) -> tuple[Requirement, ...]:
        rows = (*service.documents, *step.documents)
        return tuple(r for r in rows if r.needed in ("", "yes") or self._values.holds(r.needed) is True)

    def _why(self, row: Decision) -> LocalText:
        """The author's reason, else the answers that the row goes by."""
        if row.why.th:
            return row.why
        titles = [q.title for i in self._values.asked_by(row.when) if (q := self._journey.question(i))]
        return LocalText(
            "ตามคำตอบของข้อ " + " · ".join(title.th for title in titles),
            "By the answer to " + " · ".join(title.en for title in titles),
        )

    def _depends(self, decided: Decided) -> LocalText:
        titles = [q.title for i in decided.open if (q := self._journey.question(i))]
        return LocalText(
            "ขึ้นกับคำตอบ: " + " · ".join(title.th for title in titles),
            "Depends on an answer: " + " · ".join(title.en for title in titles),
        )

    def _open_questions(self) -> tuple[OpenQuestion, ...]:
        steps: dict[str, list[str]] = {}
        for made in self._made.values():
            asks = [*made.open]
            if made.agency_id == LOCAL_AGENCY:
                asks += self._values.open_questions(self._journey.authority)
            for question in dict.fromkeys(asks):
                steps.setdefault(question, []).append(made.id)
        return tuple(
            OpenQuestion(q.id, q.title, tuple(steps[q.id]), q.id in self._unsure)
            for q in self._journey.questions
            if q.id in steps
        )

    def _whole(self, steps: list[PlanStep]) -> Plan:
        ahead = [step for step in steps if not step.finished]
        finishes = [step.finish for step in ahead if step.finish]
        doors = [_door(step) for step in steps if step.may_operate_from and step.state != "dropped"]
        opens = [day for day in doors if day is not None]
        return Plan(
            journey=self._journey.id,
            title=self._journey.title,
            steps=tuple(steps),
            open_questions=self._open_questions(),
            excluded=tuple(self._excluded),
            finish=max(finishes, default=None),
            finish_known=len(finishes) == len(ahead),
            may_operate_on=max(opens) if opens and len(opens) == len(doors) else None,
            totals={"steps": len(steps), "done": len(steps) - len(ahead)},
        )


def _law(decided: Decided) -> str:
    rows = (decided.row,) if decided.row else decided.candidates
    return " · ".join(dict.fromkeys(row.law for row in rows if row.law))


def _state(row: Decision | None, done: StepDone | None, waits: tuple[str, ...]) -> str:
    if done is not None:
        return done.state
    if row is None:
        return "depends"
    return "after" if waits else "ready"


def _door(step: PlanStep) -> date | None:
    """The day on which a step lets the doors open."""
    return step.starts if step.may_operate_from == "received" else step.finish


def _in_order(chosen: Mapping[str, _Chosen]) -> list[str]:
    """Steps so that each stands behind those it comes after; otherwise as the author wrote them."""
    left = dict.fromkeys(chosen)
    order: list[str] = []
    while left:
        free = [i for i in left if not any(a in left for a in chosen[i].step.after.ids)]
        for step_id in free[:1] or list(left)[:1]:
            order.append(step_id)
            del left[step_id]
    return order


def _with_unlocks(made: Mapping[str, PlanStep]) -> list[PlanStep]:
    return [
        replace(step, unlocks=tuple(other.id for other in made.values() if step.id in other.after))
        for step in made.values()
    ]
