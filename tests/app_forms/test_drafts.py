"""Drafts and the profile: prefilled once, kept, copied, moved to a newer form."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from chutdiao.app.drafts import (
    apply_update,
    copy_draft,
    discard,
    offer_update,
    open_draft,
    save_session,
)
from chutdiao.app.ports import Answers, Business
from chutdiao.app.prefill import Change, apply_changes, prefill, profile_changes
from chutdiao.app.session import FormSession
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Context
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json
from chutdiao.domain.submission import DraftState
from chutdiao.domain.text import LocalText
from chutdiao.paths import resources_dir

from .conftest import OWNER, PARTNERS, TODAY

NAME: Json = {"first": "ก", "last": "ข"}


def bound_to(form: FormSpec, bind: str) -> Field:
    return next(spec for spec in form.fields() if spec.bind == bind)


def session_of(ws: Workspace, draft_id: str) -> FormSession:
    draft = ws.drafts.get(draft_id)
    return FormSession(ws.shelf.load(draft.form, draft.version), draft, Context(TODAY, ws.parameters))


def test_what_is_known_is_filled_with_its_origin(ws: Workspace, business: Business) -> None:
    form = ws.shelf.load("tp")
    answers, origins = prefill(ws, business, form)
    name = bound_to(form, "person.name")
    assert answers[name.id] == {"title": "นาย", "first": "สมชาย", "last": "ใจดี"}
    assert origins[name.id].source == "card"
    assert answers[bound_to(form, "premises.address").id] == {"house": "99/1", "subdistrict": "500501"}
    assert answers[bound_to(form, "business.capital").id] == "200000"
    notification = ws.shelf.load("food-notification")
    identity = bound_to(notification, "person.identity")
    assert prefill(ws, business, notification)[0][identity.id] == OWNER


def test_opening_twice_gives_the_same_draft(ws: Workspace, business: Business) -> None:
    first = open_draft(ws, business.id, "commercial-registration", "tp", TODAY)
    assert open_draft(ws, business.id, "commercial-registration", "tp", TODAY).id == first.id
    other = open_draft(ws, business.id, "another", "tp", TODAY)
    assert other.id != first.id
    ws.drafts.save(replace(first, state=DraftState.LOCKED))
    assert open_draft(ws, business.id, "commercial-registration", "tp", TODAY).id != first.id


def test_a_session_is_saved_and_comes_back(ws: Workspace, business: Business) -> None:
    draft = open_draft(ws, business.id, "s", "boj5", TODAY)
    session = session_of(ws, draft.id)
    session.set("capital", "2000")
    assert save_session(ws, session).state is DraftState.EDITING
    assert session_of(ws, draft.id).answers == session.answers


def test_a_copy_lives_on_its_own(ws: Workspace, business: Business) -> None:
    draft = open_draft(ws, business.id, "s", "boj5", TODAY)
    ws.drafts.save(replace(ws.drafts.get(draft.id), state=DraftState.LOCKED))
    with pytest.raises(ChutdiaoError):
        discard(ws, draft.id)
    copy = copy_draft(ws, draft.id)
    assert (copy.state, copy.answers) == (DraftState.EDITING, draft.answers)
    discard(ws, copy.id)
    assert [kept.id for kept in ws.drafts.for_business(business.id)] == [draft.id]


def test_an_answer_becomes_a_fact_and_fills_the_next_form(ws: Workspace, business: Business) -> None:
    form = ws.shelf.load("tp")
    answers, _ = prefill(ws, business, form)
    assert profile_changes(ws, business, form, answers) == []
    capital, phone = bound_to(form, "business.capital"), bound_to(form, "person.phone")
    edited = {**answers, "request": "new", capital.id: "500000", phone.id: "0812345678"}
    changes = {change.fact: change for change in profile_changes(ws, business, form, edited)}
    assert changes["business.capital"].old is not None
    assert changes["person.phone"].old is None
    apply_changes(ws, business, list(changes.values()), confirmed_by="สมชาย")
    assert profile_changes(ws, business, form, edited) == []
    again, origins = prefill(ws, business, form)
    assert again[phone.id] == "0812345678"
    assert origins[phone.id].confirmed_by == "สมชาย"


def test_an_answer_that_is_wrong_or_hidden_is_no_fact(ws: Workspace, business: Business) -> None:
    form = ws.shelf.load("food-notification")
    answers, _ = prefill(ws, business, form)
    identity = bound_to(form, "person.identity")
    wrong = {**answers, identity.id: "9999900001016"}
    assert "person.identity" not in {c.fact for c in profile_changes(ws, business, form, wrong)}


def test_shareholders_are_typed_once(ws: Workspace, business: Business) -> None:
    form = ws.shelf.load("boj5")
    rows: list[Json] = [
        {
            "_row": f"x{number}",
            "kind": "natural",
            "holder": holder,
            "name": {"first": "ก", "last": "ข"},
            "held": "5",
        }
        for number, holder in enumerate(PARTNERS)
    ]
    answers = {"capital": "1000", "par": "100", "shareholders": rows}
    apply_changes(ws, business, profile_changes(ws, business, form, answers))
    assert len(ws.facts.subjects(business.id, "business.shareholders")) == 2
    apply_changes(ws, business, profile_changes(ws, business, form, answers))
    assert len(ws.facts.subjects(business.id, "business.shareholders")) == 2, "known again by their numbers"
    again, origins = prefill(ws, business, form)
    filled = again["shareholders"]
    assert isinstance(filled, list)
    assert [row["holder"] for row in filled if isinstance(row, dict)] == list(PARTNERS)
    assert any(place.startswith("shareholders[") for place in origins)
    assert profile_changes(ws, business, form, again) == []


def _listed() -> tuple[Answers, list[dict[str, Json]]]:
    sample = json.loads((resources_dir() / "samples" / "boj5.json").read_text("utf-8"))
    answers = sample.get("answers", sample)
    return answers, answers["shareholders"]


def _changed(ws: Workspace, business: Business, answers: Answers, rows: Sequence[Json]) -> list[Change]:
    form = ws.shelf.load("boj5")
    return profile_changes(ws, business, form, {**answers, "shareholders": list(rows)})


def test_a_removed_row_takes_the_person_out_of_the_role(ws: Workspace, business: Business) -> None:
    answers, rows = _listed()
    apply_changes(ws, business, _changed(ws, business, answers, rows))
    first, second, third = ws.facts.subjects(business.id, "business.shareholders")
    ws.facts.set_role(business.id, "business.directors", (second,))
    (single,) = [one for one in _changed(ws, business, answers, rows[1:]) if not one.fact]
    assert single.leaving == ("นางสาวสมมติ ใจดี",)
    assert single.joining == ()
    apply_changes(ws, business, [single])
    assert ws.facts.subjects(business.id, "business.shareholders") == [second, third]
    assert ws.facts.subjects(business.id, "business.directors") == [second]
    assert ws.facts.read(first)["person.identity"].value == PARTNERS[0], "who has no part keeps the facts"
    # Typed again, the same number is the same person, with all that was known of them.
    back = [*rows[1:], {**rows[0], "_row": "new"}]
    changes = _changed(ws, business, answers, back)
    assert [one.joining for one in changes] == [("นางสาวสมมติ ใจดี",)]
    apply_changes(ws, business, changes)
    assert ws.facts.subjects(business.id, "business.shareholders") == [second, third, first]
    assert _changed(ws, business, answers, back) == []


def test_no_one_is_taken_out_by_a_table_that_is_wrong_or_empty(ws: Workspace, business: Business) -> None:
    answers, rows = _listed()
    apply_changes(ws, business, _changed(ws, business, answers, rows))
    for wrong in ([], rows[:1], [rows[0], {**rows[1], "held": "0"}]):
        assert [one for one in _changed(ws, business, answers, wrong) if not one.fact] == []


def test_one_number_in_two_roles_is_one_person(ws: Workspace, business: Business) -> None:
    form = ws.shelf.load("boj5")
    name: Json = {"full": "สมมติ ใจดี"}
    changes = [
        Change("a", LocalText.of("a"), fact, role, "", row, value, None)
        for role, row in (("business.shareholders", "r1"), ("business.directors", "r2"))
        for fact, value in (("person.name", name), ("person.identity", PARTNERS[0]))
    ]
    apply_changes(ws, business, changes)
    assert ws.facts.subjects(business.id, "business.shareholders") == ws.facts.subjects(
        business.id, "business.directors"
    )
    again, _ = prefill(ws, business, form)
    assert len(again["shareholders"]) == 1  # type: ignore[arg-type]


class NewerShelf:
    """The real shelf with one form in a second version."""

    def __init__(self, shelf: object, newer: FormSpec, record: Json) -> None:
        self._shelf = shelf
        self._newer = newer
        self._record = record

    def __getattr__(self, name: str) -> object:
        return getattr(self._shelf, name)

    def load(self, form: str, version: str = "") -> FormSpec:
        if form == self._newer.id and version in ("", self._newer.version):
            return self._newer
        return self._shelf.load(form, version)  # type: ignore[attr-defined,no-any-return]

    def migration(self, form: str, old: str, new: str) -> Json:
        return self._record if form == self._newer.id and new == self._newer.version else None


def renewed(form: FormSpec) -> FormSpec:
    """The list of shareholders with capital renamed, par as text of whole baht, one column gone."""
    section = form.sections[0]
    fields = []
    for spec in section.fields:
        if spec.id == "capital":
            spec = replace(spec, id="registered")
        elif spec.type is FieldType.TABLE:
            spec = replace(spec, columns=tuple(c for c in spec.columns if c.id != "nationality"))
        fields.append(spec)
    extra = Field("asked", FieldType.DATE, LocalText.of("asked"), required="yes")
    sections = (replace(section, fields=(*fields, extra)), *form.sections[1:])
    return replace(form, version="9999-01", digest="new", sections=sections)


def test_a_newer_form_keeps_every_answer(ws: Workspace, business: Business) -> None:
    old = ws.shelf.load("boj5")
    if old.sections[0].fields[0].id != "capital":
        section = next(s for s in old.sections if any(f.id == "capital" for f in s.fields))
        old = replace(old, sections=(section,))
    row: Json = {"_row": "a", "holder": PARTNERS[0], "nationality": "TH", "held": "5"}
    draft = open_draft(ws, business.id, "s", "boj5", TODAY)
    assert offer_update(ws, draft) is None
    draft = replace(
        draft, answers={"capital": "1000", "par": "100", "shareholders": [row]}, unsure=frozenset({"capital"})
    )
    ws.drafts.save(draft)
    draft = ws.drafts.get(draft.id)
    record: Json = {
        "from": draft.version,
        "to": "9999-01",
        "severity": "legal",
        "renamed": {"capital": "registered"},
        "removed": ["shareholders.nationality"],
        "required": ["asked"],
        "say": {"th": "เปลี่ยนชื่อข้อ", "en": "A field was renamed"},
    }
    newer = replace(ws, shelf=NewerShelf(ws.shelf, renewed(old), record))  # type: ignore[arg-type]
    preview = offer_update(newer, draft)
    assert preview is not None
    assert (preview.severity, preview.required, preview.say.en) == (
        "legal",
        ("asked",),
        "A field was renamed",
    )
    assert preview.drawer == {"shareholders[a].nationality": "TH"}
    updated = apply_update(newer, draft)
    assert updated.answers["registered"] == "1000"
    assert updated.unsure == {"registered"}
    assert updated.drawer == {"shareholders[a].nationality": "TH"}
    assert (updated.id, updated.version, updated.digest) == (draft.id, "9999-01", "new")
    kept = [d for d in ws.drafts.for_business(business.id) if d.version == draft.version]
    assert [(d.state, d.answers) for d in kept] == [(DraftState.LOCKED, draft.answers)]
    assert offer_update(newer, ws.drafts.get(updated.id)) is None


def test_without_a_record_the_two_versions_are_compared(ws: Workspace, business: Business) -> None:
    old = ws.shelf.load("boj5")
    section = next(s for s in old.sections if any(f.id == "capital" for f in s.fields))
    draft = replace(open_draft(ws, business.id, "s", "boj5", TODAY), answers={"capital": "1000", "par": "7"})
    newer = replace(ws, shelf=NewerShelf(ws.shelf, renewed(replace(old, sections=(section,))), None))  # type: ignore[arg-type]
    preview = offer_update(newer, draft)
    assert preview is not None
    assert preview.severity == "data"
    assert preview.drawer == {"capital": "1000"}
    assert preview.updated.answers == {"par": "7"}
    assert {"registered", "asked"} <= set(preview.added)
