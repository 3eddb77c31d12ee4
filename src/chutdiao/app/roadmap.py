"""The roadmap: the plan of a business with how far each step has come."""

from collections.abc import Iterable
from datetime import date

from chutdiao.app.interview import context_of, journey_of
from chutdiao.app.ports import Case, FactValue, Submission
from chutdiao.app.workspace import Workspace
from chutdiao.domain.journey import Journey, Plan, StepDone, plan
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import CaseState, DraftState, SubmissionState

_CASE_STATES = {CaseState.REVIEWING: "filed"}
_SUBMISSION_STATES = {
    SubmissionState.QUEUED: "waiting-to-send",
    SubmissionState.SENDING: "waiting-to-send",
    SubmissionState.RECEIVED: "filed",
    SubmissionState.RECORDED: "filed",
    SubmissionState.STOPPED: "stopped",
}
_ENDED_BADLY = ("returned", "rejected", "withdrawn")
_NUMBER = "case.licence_number"
_NUMBER_DETAILS = ("licence_number", "number")
_ROLES = {"business": ("business", "business"), "premises": ("business.premises", "premises")}


def roadmap(ws: Workspace, business_id: str) -> Plan:
    """The plan of today with drafts, submissions and cases; what was filed or issued stays in it."""
    business = ws.businesses.get(business_id)
    journey = journey_of(ws, business.journey)
    known = progress(ws, business_id, enclosed_in(journey))
    return plan(journey, business.interview, context_of(ws), business.not_sure, known)


def enclosed_in(journey: Journey) -> frozenset[str]:
    """The forms that are filed with an application, never by themselves."""
    services = journey.services.values()
    return frozenset(one.form for service in services for one in service.pack if one.form != service.form)


def progress(ws: Workspace, business_id: str, enclosed: frozenset[str] = frozenset()) -> dict[str, StepDone]:
    """How far each step has come: the case's word before the submission's before the draft's.

    Forms ``enclosed`` with an application begin its step but never file it.
    """
    found = _recorded(ws, business_id)
    everything = sorted(ws.outbox.all(business_id), key=lambda row: row.sequence)
    submissions = [row for row in everything if row.form not in enclosed]
    aside = {row.id for row in everything if row.form in enclosed}
    latest = {row.step: row for row in submissions if row.step}
    found |= {step: _sent(row) for step, row in latest.items()}
    for case in ws.cases.all(business_id):
        sent = [row for row in submissions if row.id in case.submissions]
        if case.submissions and aside.issuperset(case.submissions):
            continue
        if case.step and (not sent or sent[-1].id == latest[case.step].id):
            found[case.step] = _decided(case, sent)
    for draft in ws.drafts.for_business(business_id):
        held = found.get(draft.step)
        anew = held is None or held.state in _ENDED_BADLY
        if draft.step and anew and draft.state is not DraftState.LOCKED and not draft.amends:
            form = "" if draft.form in enclosed else draft.form
            found[draft.step] = StepDone("started", draft=draft.id, form=form)
    return found


def record_done(ws: Workspace, business_id: str, step: str, on: date | None) -> None:
    """Keep the user's word that a step without a form is done; ``None`` takes it back."""
    key = _key(business_id)
    held = ws.settings.read(key, {})
    days: dict[str, Json] = dict(held) if isinstance(held, dict) else {}
    days.pop(step, None)
    if on is not None:
        days[step] = on.isoformat()
    ws.settings.write(key, days)


def keep_yields(ws: Workspace, business_id: str) -> tuple[str, ...]:
    """Write what issued cases yield (a licence number) as facts; returns the facts newly written.

    The number of a form enclosed with an application is not the step's own.
    """
    journey = journey_of(ws, ws.businesses.get(business_id).journey)
    enclosed = enclosed_in(journey)
    aside = {row.id for row in ws.outbox.all(business_id) if row.form in enclosed}
    written: list[str] = []
    for case in ws.cases.all(business_id):
        if case.submissions and aside.issuperset(case.submissions):
            continue
        step = journey.step(case.step)
        number = _licence_number(case)
        if step is None or case.state is not CaseState.ISSUED or not number:
            continue
        for fact, source in step.yields:
            if source == _NUMBER and _write(ws, business_id, fact, number, case):
                written.append(fact)
    return tuple(written)


def _recorded(ws: Workspace, business_id: str) -> dict[str, StepDone]:
    held = ws.settings.read(_key(business_id), {})
    days = held if isinstance(held, dict) else {}
    return {step: StepDone("issued", _day(str(on))) for step, on in days.items()}


def _key(business_id: str) -> str:
    return f"steps-done:{business_id}"


def _sent(row: Submission) -> StepDone:
    state = _SUBMISSION_STATES[row.state]
    day = _day(row.recorded_on or row.queued_at)
    return StepDone(state, day, row.draft, row.id, row.case, row.form)


def _decided(case: Case, submissions: list[Submission]) -> StepDone:
    last = submissions[-1] if submissions else None
    waiting = last is not None and last.state in (SubmissionState.QUEUED, SubmissionState.SENDING)
    state = "waiting-to-send" if waiting else _CASE_STATES.get(case.state, case.state.value)
    day = _day(case.events[-1].at) if case.events else (_day(last.queued_at) if last else None)
    ids = (last.draft, last.id) if last else ("", "")
    return StepDone(state, day, *ids, case.id, last.form if last else "")


def _licence_number(case: Case) -> str:
    for event in reversed(case.events):
        details = dict(event.details)
        for name in _NUMBER_DETAILS:
            if event.kind == "issued" and details.get(name):
                return details[name]
    return ""


def _write(ws: Workspace, business_id: str, fact: str, number: str, case: Case) -> bool:
    role, kind = _ROLES.get(fact.split(".", 1)[0], ("", ""))
    if not role:
        return False
    subjects = ws.facts.subjects(business_id, role)
    subject = subjects[0] if subjects else ws.facts.new_subject(business_id, kind)
    if not subjects:
        ws.facts.set_role(business_id, role, [subject])
    held = ws.facts.read(subject).get(fact)
    if held is not None and held.value == number:
        return False
    issued = _first(event.at for event in case.events if event.kind == "issued")
    source = "typed" if case.recorded_by_user else "register"
    ws.facts.write(FactValue(fact, number, source, issued[:10], case.agency, subject))
    return True


def _first(texts: Iterable[str]) -> str:
    return next(iter(texts), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
