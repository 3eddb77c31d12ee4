"""A company founded form by form: each person is typed once, thousands of shareholders are pasted."""

import json
from dataclasses import replace
from datetime import date

import pytest

from chutdiao.app.drafts import open_draft
from chutdiao.app.offers import add_offered, offered_rows
from chutdiao.app.opened import open_form
from chutdiao.app.ports import Business
from chutdiao.app.prefill import apply_changes, prefill, profile_changes
from chutdiao.app.roadmap import roadmap
from chutdiao.app.whole_pack import pack_differences, pack_forms
from chutdiao.app.workspace import Workspace
from chutdiao.domain.ids import read_identity
from chutdiao.domain.paste import read_paste
from chutdiao.domain.problem import Json
from chutdiao.paths import resources_dir

TODAY = date(2026, 11, 23)
FOUNDER = "9999900001015"
COOK = "9999900002020"


def sample(form: str) -> dict[str, Json]:
    found: dict[str, Json] = json.loads((resources_dir() / "samples" / f"{form}.json").read_text("utf-8"))
    return found


@pytest.fixture
def company(ws: Workspace) -> Business:
    made = Business("c1", "ครัวดอยสมมติ", "restaurant", {}, frozenset(), "2026-11-23T09:00:00+07:00")
    ws.businesses.save(made)
    return made


def keep(ws: Workspace, company: Business, form: str, **changes: Json) -> None:
    """Answer a form as its sample does and let the profile learn from it."""
    answers = {**sample(form), **changes}
    apply_changes(ws, company, profile_changes(ws, company, ws.shelf.load(form), answers))


def filled_in(ws: Workspace, company: Business, form: str) -> dict[str, Json]:
    return prefill(ws, company, ws.shelf.load(form))[0]


def test_a_computed_name_is_known_to_every_later_form(ws: Workspace, company: Business) -> None:
    keep(ws, company, "name-reservation")
    assert filled_in(ws, company, "boj2")["company_name"] == "บริษัท ครัวดอยสมมติ จำกัด"
    assert filled_in(ws, company, "boj2")["reserved_on"] == "2026-11-16"


def test_a_promoter_typed_once_is_offered_as_shareholder_and_director(
    ws: Workspace, company: Business
) -> None:
    keep(ws, company, "name-reservation")
    keep(ws, company, "boj2")
    assert ws.facts.subjects(company.id, "business.owner")[0] in ws.facts.subjects(
        company.id, "business.promoters"
    )
    directors = filled_in(ws, company, "boj3")["directors"]
    holders = filled_in(ws, company, "boj5")["shareholders"]
    assert [row["director_id"] for row in directors] == [FOUNDER, COOK]
    assert [(row["holder"], row["held"]) for row in holders] == [(FOUNDER, "6000"), (COOK, "4000")]


def test_only_those_left_in_the_table_become_directors(ws: Workspace, company: Business) -> None:
    keep(ws, company, "boj2")
    draft = open_draft(ws, company.id, "company-registration", "boj3", TODAY)
    session = open_form(ws, draft.id).session
    session.remove_row("directors", session.state.row_ids["directors"][1])
    changes = profile_changes(ws, company, session.form, session.answers)
    apply_changes(ws, company, changes)
    assert [row["director_id"] for row in filled_in(ws, company, "directors")["directors"]] == [FOUNDER]
    assert len(ws.facts.subjects(company.id, "business.promoters")) == 2


def test_an_address_mended_once_is_mended_in_every_role(ws: Workspace, company: Business) -> None:
    keep(ws, company, "boj2")
    rows = sample("boj3")["directors"]
    moved = [{**row, "director_address": {"house": "1", "subdistrict": "100101"}} for row in rows]
    keep(ws, company, "boj3", directors=moved)
    promoters = filled_in(ws, company, "boj2")["promoters"]
    assert {row["promoter_address"]["subdistrict"] for row in promoters} == {"100101"}


def test_another_applicant_does_not_rename_the_owner(ws: Workspace, company: Business) -> None:
    keep(ws, company, "name-reservation")
    keep(ws, company, "objects", applicant_name={"title": "นาย", "first": "ทดลอง", "last": "ขยัน"})
    assert filled_in(ws, company, "name-reservation")["reserver_name"]["first"] == "สมมติ"
    assert filled_in(ws, company, "objects")["applicant_name"]["first"] == "ทดลอง"


def test_standard_objects_are_added_once_and_own_ones_stay(ws: Workspace, company: Business) -> None:
    draft = open_draft(ws, company.id, "company-registration", "objects", TODAY)
    session = open_form(ws, draft.id).session
    row = session.add_row("objects")
    session.set(f"objects[{row}].object", "สอนทำอาหาร")
    assert add_offered(session, "objects", ws.tables) == 0
    session.set("sets", ["general", "restaurant"])
    added = add_offered(session, "objects", ws.tables)
    assert added == 18
    assert session.answers["objects"][0]["object"] == "สอนทำอาหาร"
    assert session.state.fields["object_count"].value == "19"
    assert add_offered(session, "objects", ws.tables) == 0
    table = session.form.field("objects")
    assert table is not None
    assert offered_rows(table, {"sets": ["lodging"]}, ws.tables) != []


def _identity(number: int) -> str:
    digits = f"9999{number:08d}"
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits))
    return digits + str((11 - total % 11) % 10)


def test_three_thousand_shareholders_are_pasted_and_checked(ws: Workspace, company: Business) -> None:
    draft = open_draft(ws, company.id, "company-registration", "boj5", TODAY)
    session = open_form(ws, draft.id).session
    table = session.form.field("shareholders")
    assert table is not None
    assert isinstance(read_identity(_identity(7), "natural"), str)
    lines = [f"{_identity(n)}\tนายสมมติ{n} ใจดี\tTH\t10" for n in range(3000)]
    pasted = read_paste(table, "\n".join(lines), TODAY)
    assert pasted.problems == ()
    session.set("capital", "300000")
    session.set("par", "10")
    session.set("shareholders", [{**row, "kind": "natural"} for row in pasted.rows])
    codes = {problem.code for problem in session.state.problems}
    assert not codes & {"check.boj5.1", "check.boj5.2"}
    assert session.state.fields["all_shares"].value == "30000"
    last = session.state.row_ids["shareholders"][-1]
    assert session.state.fields[f"shareholders[{last}].to_no"].value == "30000"
    session.set(f"shareholders[{last}].holder", _identity(0))
    session.set(f"shareholders[{last}].held", "11")
    codes = {problem.code for problem in session.state.problems}
    assert codes >= {"check.boj5.1", "check.boj5.2"}


def test_the_sample_company_is_complete_and_tells_one_story(ws: Workspace, company: Business) -> None:
    founding = {"entity": "company", "place": "own", "activities": ["food"], "turnover": "1000000"}
    ws.businesses.save(replace(company, interview=founding))
    planned = roadmap(ws, company.id).step("company-registration")
    assert planned is not None
    # the letter of the director is of a capital above five million
    for form in (one.form for one in planned.pack if one.form != "share-money"):
        draft = open_draft(ws, company.id, "company-registration", form, TODAY)
        answers = sample("boj5-founding" if form == "boj5" else form)
        ws.drafts.save(replace(draft, answers=answers))
    forms = pack_forms(ws, company.id, "company-registration")
    assert [one.form for one in forms if not one.ready] == ["share-money"]
    assert pack_differences(ws, company.id, "company-registration") == ()
