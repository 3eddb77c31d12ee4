"""The interview over a real store: what is kept, what it changes, and the facts it leaves."""

from collections.abc import Callable
from datetime import date

import pytest

from chutdiao.app.interview import answer, next_page, pages, preview, start_business
from chutdiao.app.roadmap import record_done, roadmap
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import Json

TODAY = date(2026, 11, 23)
Begun = Callable[..., str]


@pytest.fixture
def begun(workspace: Workspace, coffee_answers: dict[str, Json]) -> Begun:
    """A business with every question of the coffee shop answered."""

    def begin(**changes: Json) -> str:
        business = start_business(workspace, "coffee-shop", "กาแฟดอย")
        for question, value in (coffee_answers | changes).items():
            effect = answer(workspace, business.id, question, value)
            assert effect.kept, effect.problems
        return business.id

    return begin


def test_at_most_twelve_questions(workspace: Workspace, begun: Begun) -> None:
    business = begun()
    found = pages(workspace, business)
    assert len(found) <= 12
    assert next_page(found) is None
    assert all(page.question.title.th and page.question.why.en and page.question.law for page in found)


def test_the_name_given_at_the_start_is_the_first_answer(workspace: Workspace) -> None:
    business = start_business(workspace, "coffee-shop", "กาแฟดอย")
    found = pages(workspace, business.id)
    assert found[0].answer == "กาแฟดอย"
    page = next_page(found)
    assert page is not None
    assert page.question.id == "subdistrict"
    answer(workspace, business.id, "trade_name", "ดอยคอฟฟี่")
    assert workspace.businesses.get(business.id).name == "ดอยคอฟฟี่"


def test_a_preview_tells_and_keeps_nothing(workspace: Workspace, begun: Begun) -> None:
    business = begun()
    effect = preview(workspace, business, "area_m2", "250")
    said = " ".join(text.th for text in effect.texts)
    assert "ต้องขอใบอนุญาตแทนการแจ้ง" in said
    assert workspace.businesses.get(business).interview["area_m2"] == "145"


def test_a_wrong_answer_keeps_the_old_one(workspace: Workspace, begun: Begun) -> None:
    business = begun()
    effect = answer(workspace, business, "area_m2", "-4")
    assert not effect.kept
    assert effect.problems[0].say is not None
    assert workspace.businesses.get(business).interview["area_m2"] == "145"
    assert answer(workspace, business, "nothing", "1").problems[0].code == "interview.unknown-question"


def test_not_sure_keeps_the_answer_and_opens_the_step(workspace: Workspace, begun: Begun) -> None:
    business = begun()
    effect = answer(workspace, business, "area_m2", None, unsure=True)
    assert any("ยังไม่ชัด" in text.th for text in effect.texts)
    step = roadmap(workspace, business).step("food-premises")
    assert step is not None
    assert step.state == "depends"
    assert workspace.businesses.get(business).interview["area_m2"] == "145"
    answer(workspace, business, "area_m2", "145")
    assert not workspace.businesses.get(business).not_sure


def test_answers_become_facts_of_business_and_premises(workspace: Workspace, begun: Begun) -> None:
    business = begun()
    (own,) = workspace.facts.subjects(business, "business")
    (premises,) = workspace.facts.subjects(business, "business.premises")
    facts = {k: v.value for s in (own, premises) for k, v in workspace.facts.read(s).items()}
    assert facts["business.trade_name"] == "ร้านกาแฟดอยสะเก็ด"
    assert facts["business.start_date"] == "2026-12-15"
    assert facts["premises.area_m2"] == "145"
    assert facts["premises.authority_kind"] == "subdistrict-town"
    address = facts["premises.address"]
    assert isinstance(address, dict)
    assert address == {"subdistrict": "500501", "district": "5005", "province": "50", "postcode": "50220"}


def test_a_stall_is_kept_as_its_tenure(workspace: Workspace, begun: Begun) -> None:
    business = begun(place="public-way")
    (premises,) = workspace.facts.subjects(business, "business.premises")
    assert workspace.facts.read(premises)["premises.tenure"].value == "public-way"


@pytest.mark.parametrize("step", ["premises-right", "sign-tax"])
def test_a_step_without_a_form_is_done_by_the_users_word(
    step: str, workspace: Workspace, begun: Begun
) -> None:
    business = begun()
    record_done(workspace, business, step, TODAY)
    found = roadmap(workspace, business).step(step)
    assert found is not None
    assert found.finished
    record_done(workspace, business, step, None)
    assert not roadmap(workspace, business).step(step).finished  # type: ignore[union-attr]
