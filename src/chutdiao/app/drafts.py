"""Drafts: opened prefilled, saved, copied, discarded."""

import uuid
from dataclasses import replace
from datetime import date

from chutdiao.app.ports import Draft
from chutdiao.app.prefill import prefill
from chutdiao.app.session import FormSession
from chutdiao.app.update import UpdatePreview, apply_update, offer_update
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import DraftState

__all__ = [
    "UpdatePreview",
    "apply_update",
    "copy_draft",
    "discard",
    "offer_update",
    "open_draft",
    "save_session",
]


def open_draft(ws: Workspace, business_id: str, step: str, form_id: str, today: date) -> Draft:
    """Return the draft being filled for a step, or a new one with what the profile knows."""
    for draft in ws.drafts.for_business(business_id):
        if (
            draft.step == step
            and draft.form == form_id
            and draft.state is not DraftState.LOCKED
            and not draft.amends
        ):
            return draft
    form = ws.shelf.load(form_id)
    if form.effective_from and form.effective_from > today.isoformat():
        raise ChutdiaoError(Problem("form.not-yet", form_id, {"from": form.effective_from}))
    answers, _ = prefill(ws, ws.businesses.get(business_id), form)
    draft = Draft(
        id=uuid.uuid4().hex,
        business=business_id,
        step=step,
        form=form.id,
        version=form.version,
        digest=form.digest,
        answers=answers,
        unsure=frozenset(),
        drawer={},
        state=DraftState.EDITING,
        revision=0,
        place="",
        updated_at=ws.clock.now().isoformat(),
    )
    ws.drafts.save(draft)
    return draft


def save_session(ws: Workspace, session: FormSession) -> Draft:
    """Write the answers as they stand; a form with nothing to stop it is ready, else being edited."""
    draft = session.draft()
    if draft.state is DraftState.LOCKED:
        raise ChutdiaoError(Problem("draft.locked", draft.id))
    state = DraftState.READY if session.state.ready else DraftState.EDITING
    draft = replace(draft, state=state, updated_at=ws.clock.now().isoformat())
    ws.drafts.save(draft)
    return draft


def copy_draft(ws: Workspace, draft_id: str) -> Draft:
    """Return a new draft with the same answers, to be edited whatever became of the first."""
    copy = replace(
        ws.drafts.get(draft_id),
        id=uuid.uuid4().hex,
        state=DraftState.EDITING,
        revision=0,
        amends="",
        open_fields=(),
        updated_at=ws.clock.now().isoformat(),
    )
    ws.drafts.save(copy)
    return copy


def discard(ws: Workspace, draft_id: str) -> None:
    """Drop a draft; one that was sent stays with its submission."""
    if ws.drafts.get(draft_id).state is DraftState.LOCKED:
        raise ChutdiaoError(Problem("draft.locked", draft_id))
    ws.drafts.discard(draft_id)
