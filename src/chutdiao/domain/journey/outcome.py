"""A plan: the steps of one business in order, what is still open and what does not apply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chutdiao.domain.dates import show_date
from chutdiao.domain.form import Fee, Requirement
from chutdiao.domain.journey.model import NOTHING, PackForm
from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language, LocalText


@dataclass(frozen=True, slots=True)
class StepDone:
    """How far a step has come.

    ``state`` is started, waiting-to-send, filed, correction, approved, issued or stopped;
    ``on`` is the day it got there, ``form`` what was filled.
    """

    state: str
    on: date | None = None
    draft: str = ""
    submission: str = ""
    case: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan.

    ``state`` is ready, after (others come first), depends (an open question decides), a state of
    StepDone, or dropped (filed or issued, and no longer needed by the new answers).
    ``service`` and ``form`` are empty where there is nothing to fill. ``waits_for`` are the
    steps of ``after`` not finished yet.
    """

    id: str
    title: LocalText
    why: LocalText
    law: str
    after: tuple[str, ...]
    agency_id: str
    agency: LocalText
    fee: Fee | None
    days: int | None
    unit: str
    finish: date | None
    documents: tuple[Requirement, ...]
    confidence: str
    state: str
    service: str = ""
    form: str = ""
    form_name: LocalText = NOTHING
    may_operate_from: str = ""
    starts: date | None = None
    due: date | None = None
    due_law: str = ""
    what: LocalText = NOTHING
    where: LocalText = NOTHING
    site: str = ""
    channels: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    unlocks: tuple[str, ...] = ()
    dropped: LocalText = NOTHING
    renewal: LocalText = NOTHING
    yields: tuple[tuple[str, str], ...] = ()
    source: str = ""
    checked_on: str = ""
    done: StepDone | None = None
    pack: tuple[PackForm, ...] = ()

    @property
    def finished(self) -> bool:
        return self.state in ("issued", "dropped")


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer and the steps that hang on it."""

    id: str
    title: LocalText
    steps: tuple[str, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Excluded:
    """A step that does not apply, and why."""

    id: str
    title: LocalText
    why: LocalText
    law: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order. ``finish`` is the latest known finish of the steps still to come, and
    ``finish_known`` whether every step has one; ``may_operate_on`` is the first day on which the
    steps that open the door allow it.
    """

    journey: str
    title: LocalText
    steps: tuple[PlanStep, ...]
    open_questions: tuple[OpenQuestion, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    finish: date | None = None
    finish_known: bool = True
    may_operate_on: date | None = None
    totals: Mapping[str, int] = field(default_factory=dict)

    def step(self, step_id: str) -> PlanStep | None:
        return next((s for s in self.steps if s.id == step_id), None)

    def to_json(self, language: Language = "th") -> dict[str, Json]:
        """The plan as ``chutdiao plan --json`` prints it, in one language."""
        return {
            "steps": [_step_json(step, language) for step in self.steps],
            "open_questions": [
                {"id": q.id, "title": q.title.to(language), "steps": list(q.steps)}
                for q in self.open_questions
            ],
            "excluded": [{"id": x.id, "why": x.why.to(language)} for x in self.excluded],
        }

    def to_paper(self, language: Language = "th") -> dict[str, Json]:
        """``to_json`` in words for print: days in the Buddhist Era, units, fees and titles spelt out."""
        made = self.to_json(language)
        return {
            "title": self.title.to(language),
            "finish": show_date(self.finish, language, long=True) if self.finish else "",
            "may_operate_on": show_date(self.may_operate_on, language, long=True)
            if self.may_operate_on
            else "",
            "steps": [_step_words(step, language) for step in self.steps],
            "open_questions": made["open_questions"],
            "excluded": [
                {"id": x.id, "title": x.title.to(language), "why": x.why.to(language)} for x in self.excluded
            ],
        }


_UNITS = {"days": LocalText("วัน", "days"), "working-days": LocalText("วันทำการ", "working days")}


def _step_words(step: PlanStep, language: Language) -> dict[str, Json]:
    finish = show_date(step.finish, language, long=True) if step.finish else ""
    if step.due:
        by, day = LocalText("ต้องยื่นภายใน", "file by").to(language), show_date(step.due, language, long=True)
        finish = " · ".join(part for part in (finish, f"{by} {day}") if part)
    unit = _UNITS.get(step.unit)
    return _step_json(step, language) | {
        "fee": _fee_words(step.fee, language),
        "unit": unit.to(language) if unit else "",
        "finish": finish,
        "renewal": step.renewal.to(language),
    }


def _fee_words(fee: Fee | None, language: Language) -> str:
    if fee is None:
        return LocalText("ไม่ทราบ", "not known").to(language)
    low, high = f"{Decimal(fee.low):,}", f"{Decimal(fee.high):,}"
    baht = LocalText("บาท", "baht").to(language)
    if low == high == "0":
        text = LocalText("ไม่มี", "none").to(language)
    else:
        text = f"{low} {baht}" if low == high else f"{low}–{high} {baht}"
    return f"{text} · {fee.note.to(language)}" if fee.note else text


def _step_json(step: PlanStep, language: Language) -> dict[str, Json]:
    return {
        "id": step.id,
        "title": step.title.to(language),
        "why": step.why.to(language),
        "law": step.law,
        "after": list(step.after),
        "agency": step.agency.to(language),
        "fee": _fee_json(step.fee),
        "days": step.days,
        "unit": step.unit,
        "finish": step.finish.isoformat() if step.finish else None,
        "documents": [_document_json(document, language) for document in step.documents],
        "confidence": step.confidence,
        "state": step.state,
    }


def _fee_json(fee: Fee | None) -> Json:
    if fee is None:
        return None
    return {"low": fee.low, "high": fee.high, "by": fee.by, "confidence": fee.confidence}


def _document_json(document: Requirement, language: Language) -> dict[str, Json]:
    return {
        "id": document.id,
        "label": document.label.to(language),
        "bring": document.bring,
        "law": document.law,
        "note": document.note.to(language) if document.note else "",
    }
