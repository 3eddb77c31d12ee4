"""The shipped food notification in its two versions: what was begun with the first goes on in the second."""

import json
from dataclasses import replace

from chutdiao.app.drafts import apply_update, offer_update, open_draft
from chutdiao.app.ports import Answers, Business, Draft, FactValue
from chutdiao.app.submit import check
from chutdiao.app.workspace import Workspace
from chutdiao.domain.submission import DraftState
from chutdiao.paths import resources_dir

from .conftest import TODAY

FORM, FIRST = "food-notification", "2569.1"
# What drafts made with the first version are pinned to.
PINNED = "7f8c5a759a6f821b91b7b016e22cc763cee3e51d5de4127d0990e4d85db6e5ab"


def of_the_first(ws: Workspace, business: Business, **changes: object) -> Draft:
    """A draft filled with the first version, as it asked: about a person and nothing else."""
    sample = json.loads((resources_dir() / "samples" / f"{FORM}.json").read_text("utf-8"))
    answers: Answers = {**sample, **changes}
    del answers["notifier_kind"]
    for name in ("lease.pdf", "food-training.pdf"):
        ws.files.put((resources_dir() / "samples" / name).read_bytes())
    opened = open_draft(ws, business.id, "food-premises", FORM, TODAY)
    draft = replace(opened, version=FIRST, digest=PINNED, answers=answers)
    ws.drafts.save(draft)
    return ws.drafts.get(draft.id)


def tell(ws: Workspace, business: Business, **facts: str) -> None:
    subject = ws.facts.subjects(business.id, "business")[0]
    for name, value in facts.items():
        ws.facts.write(FactValue(f"business.{name}", value, "interview", "2026-11-23", "", subject))


def test_closing_a_version_leaves_what_is_pinned_to_it_ready_to_send(
    ws: Workspace, business: Business
) -> None:
    assert ws.shelf.versions(FORM) == [FIRST, "2569.2"]
    assert ws.shelf.load(FORM, FIRST).digest == PINNED
    assert check(ws, of_the_first(ws, business).id).problems == ()


def test_a_persons_draft_is_ready_at_once_where_the_profile_knows_the_kind(
    ws: Workspace, business: Business
) -> None:
    tell(ws, business, kind="natural")
    old = of_the_first(ws, business)
    preview = offer_update(ws, old)
    assert preview is not None
    assert (preview.old, preview.new, preview.severity) == (FIRST, "2569.2", "data")
    assert (preview.required, dict(preview.drawer)) == (("notifier_kind",), {})
    updated = apply_update(ws, old)
    assert updated.answers == {**old.answers, "notifier_kind": "natural"}
    assert check(ws, updated.id).problems == ()
    kept = [d for d in ws.drafts.for_business(business.id) if d.version == FIRST]
    assert [(d.state, d.answers) for d in kept] == [(DraftState.LOCKED, old.answers)]


def test_a_companys_draft_gets_its_name_and_keeps_who_signs(ws: Workspace, business: Business) -> None:
    tell(ws, business, kind="juristic", legal_name="บริษัท ครัวสมมติ จำกัด", juristic_id="0105599999016")
    old = of_the_first(ws, business)
    updated = apply_update(ws, old)
    assert updated.answers["company_name"] == "บริษัท ครัวสมมติ จำกัด"
    assert updated.answers["company_number"] == "0105599999016"
    assert old.answers.items() <= updated.answers.items()
    assert [problem.place for problem in check(ws, updated.id).problems] == ["office_here"]


def test_without_a_known_kind_it_is_asked(ws: Workspace, business: Business) -> None:
    updated = apply_update(ws, of_the_first(ws, business))
    assert "notifier_kind" in {problem.place for problem in check(ws, updated.id).problems}
