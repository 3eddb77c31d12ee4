"""Every form that one service takes together: how far each is, and all of them on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from chutdiao.app.opened import open_form
from chutdiao.app.pack_agreement import Disagreement, disagreements
from chutdiao.app.ports import Answers, Draft
from chutdiao.app.prefill import prefill
from chutdiao.app.roadmap import roadmap
from chutdiao.app.save_file import save_bytes
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.form import FormSpec
from chutdiao.domain.problem import ChutdiaoError, Level
from chutdiao.domain.submission import DraftState
from chutdiao.domain.text import Language, LocalText


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One form of a pack; ``draft`` is empty until it is begun, ``stops`` counts what is to mend."""

    form: str
    code: str
    title: LocalText
    optional: bool
    draft: str
    stops: int
    locked: bool

    @property
    def ready(self) -> bool:
        return bool(self.draft) and not self.stops


def pack_forms(ws: Workspace, business: str, step: str) -> tuple[Enclosed, ...]:
    """The forms a step is filed with, in the order of filing; none for a step of one form."""
    planned = roadmap(ws, business).step(step)
    drafts = {draft.form: draft for draft in _drafts(ws, business, step)}
    return tuple(
        _enclosed(ws, ws.shelf.load(one.form), one.optional, drafts.get(one.form))
        for one in (planned.pack if planned is not None else ())
    )


def pack_differences(ws: Workspace, business: str, step: str) -> tuple[Disagreement, ...]:
    """What the begun forms of a pack tell differently."""
    enclosed = [one.form for one in pack_forms(ws, business, step)]
    drafts = {draft.form: draft for draft in _drafts(ws, business, step)}
    return disagreements(ws, [drafts[form] for form in enclosed if form in drafts])


def save_whole_pack(ws: Workspace, business: str, step: str, language: Language, path: str) -> str:
    """Print the checklist and every form of the pack as one PDF and return where it is.

    A form not begun is printed with what the profile knows; an optional one not begun is left out.
    """
    drafts = {draft.form: draft for draft in _drafts(ws, business, step)}
    held = ws.businesses.get(business)
    papers: list[bytes] = []
    for one in pack_forms(ws, business, step):
        draft = drafts.get(one.form)
        if draft is None and one.optional:
            continue
        form = ws.shelf.load(one.form, draft.version if draft else "")
        answers = draft.answers if draft else prefill(ws, held, form)[0]
        sent = _submitted(ws, form, answers)
        if not papers:
            papers.append(ws.printer.cover(form, sent, ws.practice))
        papers.append(ws.printer.sheet(form, sent, language, ws.practice))
    return save_bytes(path, ws.printer.joined(papers))


def _drafts(ws: Workspace, business: str, step: str) -> Sequence[Draft]:
    """The drafts of a step, those sent before those still open, which count for more."""
    found = [d for d in ws.drafts.for_business(business) if d.step == step and not d.amends]
    return sorted(found, key=lambda draft: (draft.state is not DraftState.LOCKED, draft.updated_at))


def _enclosed(ws: Workspace, form: FormSpec, optional: bool, draft: Draft | None) -> Enclosed:
    stops, locked = 0, False
    if draft is not None:
        locked = draft.state is DraftState.LOCKED
        stops = 0 if locked else _stops(ws, draft)
    return Enclosed(form.id, form.code, form.title, optional, draft.id if draft else "", stops, locked)


def _stops(ws: Workspace, draft: Draft) -> int:
    try:
        problems = open_form(ws, draft.id).session.state.problems
    except ChutdiaoError as error:
        return len(error.problems)
    return sum(problem.level is Level.STOP for problem in problems)


def _submitted(ws: Workspace, form: FormSpec, answers: Answers) -> Answers:
    return evaluate(form, answers, Context(ws.clock.now().date(), ws.parameters)).submitted()
