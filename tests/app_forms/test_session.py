"""One open form: what a change touches, what may not change, what is saved."""

from dataclasses import replace

import pytest

from chutdiao.app.ports import Draft
from chutdiao.app.session import ClosedError, FormSession, may_change
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import DraftState

from .conftest import PARTNERS, TODAY


def make_draft(form: str, **changes: object) -> Draft:
    values: dict[str, object] = {
        "id": "d1",
        "business": "b1",
        "step": "s",
        "form": form,
        "version": "1",
        "digest": "",
        "answers": {},
        "unsure": frozenset(),
        "drawer": {},
        "state": DraftState.EDITING,
        "revision": 0,
        "place": "",
        "updated_at": "",
    }
    return Draft(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def session(ws: Workspace) -> FormSession:
    form = ws.shelf.load("boj5")
    return FormSession(form, make_draft("boj5"), Context(TODAY, ws.parameters))


def test_a_sum_follows_its_parts(session: FormSession) -> None:
    session.set("capital", "2000")
    changed = session.set("par", "100")
    assert {"par", "shares"} <= changed
    assert session.state.fields["shares"].value == "20"
    assert session.set("par", "100") == frozenset()


def test_rows_keep_their_ids(session: FormSession) -> None:
    rows = [session.add_row("shareholders", {"holder": number, "held": "10"}) for number in PARTNERS]
    session.set(f"shareholders[{rows[0]}].held", "15")
    assert session.state.fields[f"shareholders[{rows[1]}].from_no"].value == "16"
    changed = session.remove_row("shareholders", rows[0])
    assert f"shareholders[{rows[1]}].from_no" in changed
    assert session.state.row_ids["shareholders"] == (rows[1],)
    assert session.state.fields[f"shareholders[{rows[1]}].from_no"].value == "1"
    assert not any(rows[0] in place for place in session.state.fields)


def test_a_pasted_table_gets_ids(session: FormSession) -> None:
    session.set("shareholders", [{"holder": PARTNERS[0]}, {"_row": "mine", "holder": PARTNERS[1]}])
    first, second = session.state.row_ids["shareholders"]
    assert first.startswith("r")
    assert second == "mine"


def test_parts_of_an_address(ws: Workspace) -> None:
    form = ws.shelf.load("tp")
    session = FormSession(form, make_draft("tp"), Context(TODAY, ws.parameters))
    place = next(spec.id for spec in form.fields() if spec.type == "address" and not spec.show)
    assert place in session.set(f"{place}.house", "99/1")
    session.set(f"{place}.moo", "3")
    session.set(f"{place}.house", None)
    assert session.answers[place] == {"moo": "3"}
    session.set(f"{place}.moo", "")
    assert place not in session.answers


def test_not_sure_goes_when_answered(session: FormSession) -> None:
    assert "capital" in session.flag_unsure("capital", True)
    assert session.state.fields["capital"].problems[0].code == "required.unsure"
    assert session.draft().unsure == {"capital"}
    session.set("capital", "1")
    assert session.draft().unsure == frozenset()


def test_text_is_kept_composed(session: FormSession) -> None:
    session.add_row("shareholders", {"name": {"full": "Cafe\u0301"}})
    assert session.answers["shareholders"][0]["name"]["full"] == "Café"  # type: ignore[index,call-overload]


def test_what_is_saved_no_longer_changes(session: FormSession) -> None:
    row = session.add_row("shareholders", {"held": "1"})
    saved = session.draft()
    session.set(f"shareholders[{row}].held", "2")
    assert saved.answers["shareholders"] == [{"_row": row, "held": "1"}]


def test_only_what_a_correction_opened_may_change(session: FormSession) -> None:
    draft = replace(
        session.draft(),
        open_fields=("par", "shareholders[a].held"),
        answers={"shareholders": [{"_row": "a", "held": "1"}, {"_row": "b", "held": "1"}]},
    )
    correction = FormSession(session.form, draft, Context(TODAY))
    correction.set("par", "10")
    correction.set("shareholders[a].held", "2")
    for place in ("capital", "shareholders[b].held", "shareholders[a].paid", "shareholders"):
        with pytest.raises(ClosedError) as caught:
            correction.set(place, "1")
        assert caught.value.problems[0].code == "correction.closed"
    with pytest.raises(ClosedError):
        correction.add_row("shareholders")
    with pytest.raises(ClosedError):
        correction.remove_row("shareholders", "a")
    assert may_change((), "anything")
    assert may_change(("shareholders",), "shareholders[a].held")
    assert not may_change(("share",), "shares")


def test_a_sent_draft_does_not_change(session: FormSession) -> None:
    sent = FormSession(session.form, replace(session.draft(), state=DraftState.LOCKED), Context(TODAY))
    with pytest.raises(ClosedError):
        sent.set("par", "1")


@pytest.mark.parametrize("place", ["nobody", "shareholders[x].held", "par[x].y", "shareholders[].held", "["])
def test_a_place_that_is_not_there(session: FormSession, place: str) -> None:
    with pytest.raises(ChutdiaoError) as caught:
        session.set(place, "1")
    assert caught.value.problems[0].code == "answer.unknown"


def test_a_computed_answer_is_not_typed(session: FormSession) -> None:
    with pytest.raises(ClosedError):
        session.set("shares", "1")


def test_the_session_and_a_fresh_check_agree(session: FormSession, ws: Workspace) -> None:
    session.set("capital", "2000")
    session.set("par", "100")
    row = session.add_row("shareholders", {"kind": "natural"})
    session.set(f"shareholders[{row}].holder", PARTNERS[0])
    session.set(f"shareholders[{row}].holder", None)
    fresh = evaluate(session.form, session.answers, Context(TODAY, ws.parameters))
    assert fresh.fields == session.state.fields
    assert fresh.problems == session.state.problems
