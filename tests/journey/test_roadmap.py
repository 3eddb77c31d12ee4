"""The roadmap over a real store: draft, sending, the agency's word, licence, and an answer that flips."""

from dataclasses import replace

import pytest

from chutdiao.app.interview import answer, start_business
from chutdiao.app.ports import Case, CaseEvent, Draft, Submission
from chutdiao.app.roadmap import keep_yields, roadmap
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import CaseState, DraftState, SubmissionState

STEP, FORM, DAY = "commercial-registration", "tp", "2026-11-24T10:00:00+07:00"


@pytest.fixture
def business(workspace: Workspace, coffee_answers: dict[str, Json]) -> str:
    made = start_business(workspace, "coffee-shop", "กาแฟดอย")
    for question, value in coffee_answers.items():
        assert answer(workspace, made.id, question, value).kept
    return made.id


def _draft(ws: Workspace, business: str, draft: str = "d1") -> Draft:
    made = Draft(
        id=draft,
        business=business,
        step=STEP,
        form=FORM,
        version="1",
        digest="d" * 64,
        answers={},
        unsure=frozenset(),
        drawer={},
        state=DraftState.EDITING,
        revision=1,
        place="",
        updated_at=DAY,
    )
    ws.drafts.save(made)
    return made


def _submit(ws: Workspace, draft: Draft, submission: str = "s1") -> Submission:
    return ws.outbox.append(
        Submission(
            id=submission,
            sequence=0,
            business=draft.business,
            draft=draft.id,
            step=STEP,
            form=FORM,
            version="1",
            agency="local-authority",
            channel="api",
            state=SubmissionState.QUEUED,
            envelope="{}",
            digest="e" * 64,
            files=(),
            queued_at=DAY,
            due_at="",
        )
    )


def _received(ws: Workspace, sent: Submission, case: str = "c1") -> None:
    ws.outbox.begin(sent.id)
    held = Case(case, sent.business, STEP, sent.agency, CaseState.REVIEWING, "", (sent.id,), ())
    ws.outbox.received(sent.id, "receipt", "R-1", held)


def _event(ws: Workspace, kind: str, number: int, details: tuple[tuple[str, str], ...] = ()) -> None:
    assert ws.cases.apply(CaseEvent(str(number), DAY, kind, "c1", "s1", details=details))


def _state(ws: Workspace, business: str) -> str:
    step = roadmap(ws, business).step(STEP)
    assert step is not None
    return step.state


def test_a_step_goes_from_ready_to_issued(workspace: Workspace, business: str) -> None:
    assert _state(workspace, business) == "ready"
    draft = _draft(workspace, business)
    assert _state(workspace, business) == "started"
    sent = _submit(workspace, draft)
    assert _state(workspace, business) == "waiting-to-send"
    _received(workspace, sent)
    assert _state(workspace, business) == "filed"
    _event(workspace, "approved", 1)
    assert _state(workspace, business) == "approved"
    _event(workspace, "issued", 2, (("licence_number", "พค-1"),))
    assert _state(workspace, business) == "issued"
    food = roadmap(workspace, business).step("food-premises")
    assert food is not None
    assert food.state == "ready"


def test_the_licence_number_becomes_a_fact_once(workspace: Workspace, business: str) -> None:
    _received(workspace, _submit(workspace, _draft(workspace, business)))
    assert keep_yields(workspace, business) == ()
    _event(workspace, "approved", 1)
    _event(workspace, "issued", 2, (("licence_number", "พค-1"),))
    assert keep_yields(workspace, business) == ("business.commercial_number",)
    assert keep_yields(workspace, business) == ()
    (own,) = workspace.facts.subjects(business, "business")
    held = workspace.facts.read(own)["business.commercial_number"]
    assert (held.value, held.source, held.source_date) == ("พค-1", "register", "2026-11-24")


def test_an_answer_that_flips_keeps_what_was_issued_and_every_draft(
    workspace: Workspace, business: str
) -> None:
    _received(workspace, _submit(workspace, _draft(workspace, business)))
    _event(workspace, "approved", 1)
    _event(workspace, "issued", 2, (("licence_number", "พค-1"),))
    food = replace(_draft(workspace, business, "d2"), step="food-premises", form="food-notification")
    workspace.drafts.save(food)
    answer(workspace, business, "place", "public-way")
    made = roadmap(workspace, business)
    step = made.step(STEP)
    assert step is not None
    assert step.state == "dropped"
    assert step.dropped.th
    assert {draft.id for draft in workspace.drafts.for_business(business)} == {"d1", "d2"}
    assert made.step("food-premises").service == "street-vending"  # type: ignore[union-attr]


def test_a_new_draft_after_a_refusal_is_what_counts(workspace: Workspace, business: str) -> None:
    _received(workspace, _submit(workspace, _draft(workspace, business)))
    _event(workspace, "rejected", 1)
    assert _state(workspace, business) == "rejected"
    again = _draft(workspace, business, "d2")
    assert _state(workspace, business) == "started"
    _submit(workspace, again, "s2")
    assert _state(workspace, business) == "waiting-to-send"
