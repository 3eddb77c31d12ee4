"""The coffee shop's plan: which steps, why, in which order, with which agency, fee and days."""

from collections.abc import Callable
from datetime import date

import pytest

from chutdiao.domain.journey import Plan, StepDone

TODAY = date(2026, 11, 23)
Planning = Callable[..., Plan]


def test_the_shop_in_a_rented_shophouse(coffee: Planning) -> None:
    made = coffee()
    assert [step.id for step in made.steps] == [
        "premises-right",
        "commercial-registration",
        "food-premises",
        "vat-registration",
        "sso-employer",
        "sso-insured",
        "sign-tax",
    ]
    assert not made.open_questions
    food = made.step("food-premises")
    assert food is not None
    assert (food.service, food.form, food.days, food.unit) == (
        "food-notification",
        "food-notification",
        7,
        "working-days",
    )
    assert food.after == ("premises-right", "commercial-registration")
    assert food.may_operate_from == "received"
    assert food.finish == date(2026, 12, 3)
    assert made.may_operate_on == date(2026, 11, 24)
    assert made.step("commercial-registration").unlocks[0] == "food-premises"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("area", "service"),
    [("200", "food-notification"), ("200.01", "food-licence"), ("1", "food-notification")],
)
def test_two_hundred_square_metres_is_still_a_notification(coffee: Planning, area: str, service: str) -> None:
    step = coffee(area_m2=area).step("food-premises")
    assert step is not None
    assert step.service == service


def test_a_stall_needs_no_commercial_registration_and_says_why(coffee: Planning) -> None:
    made = coffee(place="public-way", area_m2=None)
    out = {item.id: item for item in made.excluded}
    assert "ม.7" in out["commercial-registration"].law
    assert "แผงลอย" in out["commercial-registration"].why.th
    assert made.step("food-premises").service == "street-vending"  # type: ignore[union-attr]
    assert made.step("premises-right") is None


def test_a_stall_without_food_still_needs_leave_for_the_place(coffee: Planning) -> None:
    made = coffee(place="public-way", activities=[])
    assert made.step("food-premises") is None
    assert made.step("street-goods").service == "street-vending"  # type: ignore[union-attr]


def test_a_juristic_person_registers_itself_but_not_its_trade(coffee: Planning) -> None:
    made = coffee(entity="juristic")
    assert made.step("company-registration") is not None
    assert made.step("commercial-registration") is None
    assert made.step("food-premises").after == ("premises-right", "company-registration")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("turnover", "wants", "expected"),
    [("1800000", False, False), ("1800000", True, True), ("1800000.01", None, True), ("0", False, False)],
)
def test_vat_above_the_threshold_or_by_wish(
    coffee: Planning, turnover: str, wants: bool | None, expected: bool
) -> None:
    made = coffee(turnover=turnover, wants_vat=wants)
    assert (made.step("vat-registration") is not None) is expected


def test_vat_is_due_thirty_days_after_passing(coffee: Planning) -> None:
    step = coffee(passed_on="2026-10-31").step("vat-registration")
    assert step is not None
    assert step.due == date(2026, 11, 30)
    assert coffee(turnover="1", wants_vat=True).step("vat-registration").due is None  # type: ignore[union-attr]


def test_the_local_authority_is_named_as_the_user_gave_it(coffee: Planning) -> None:
    named = coffee().step("food-premises")
    assert named is not None
    assert named.agency.th == "เทศบาลตำบลเชิงดอย"
    typed = coffee(authority_name="เทศบาลตำบลเชิงดอย").step("food-premises")
    assert typed is not None
    assert typed.agency.th == "เทศบาลตำบลเชิงดอย"
    bare = coffee(authority_type=None, authority_name=None)
    assert bare.step("food-premises").agency.th == "องค์กรปกครองส่วนท้องถิ่น"  # type: ignore[union-attr]
    assert {"authority_type", "authority_name"} <= {question.id for question in bare.open_questions}


def test_not_sure_yet_leaves_the_step_open(coffee: Planning) -> None:
    made = coffee(unsure=frozenset({"area_m2"}))
    step = made.step("food-premises")
    assert step is not None
    assert step.state == "depends"
    assert step.open == ("area_m2",)
    (question,) = made.open_questions
    assert (question.id, question.unsure, question.steps) == ("area_m2", True, ("food-premises",))
    assert step.confidence == "low"


def test_an_open_answer_does_not_hold_what_it_cannot_change(coffee: Planning) -> None:
    made = coffee(activities=["sign"], area_m2=None)
    assert "food-premises" in {item.id for item in made.excluded}
    assert not made.open_questions


def test_documents_the_officer_can_look_up_are_not_brought(coffee: Planning) -> None:
    step = coffee().step("commercial-registration")
    assert step is not None
    stay = [document for document in step.documents if not document.bring]
    assert {document.id for document in stay} == {"id-card", "house"}
    assert all("อิเล็กทรอนิกส์ พ.ศ. 2565" in document.law for document in stay)


def test_filed_and_no_longer_needed_stays_with_what_the_law_asks(coffee: Planning) -> None:
    done = {"commercial-registration": StepDone("issued", date(2026, 11, 25), form="tp")}
    made = coffee(done=done, place="public-way")
    step = made.step("commercial-registration")
    assert step is not None
    assert step.state == "dropped"
    assert "ไม่ต้องใช้แล้วตามคำตอบใหม่" in step.why.th
    assert "เลิก" in step.dropped.th
    assert "commercial-registration" not in {item.id for item in made.excluded}


def test_a_filed_notification_stays_beside_the_licence_now_needed(coffee: Planning) -> None:
    done = {"food-premises": StepDone("filed", TODAY, form="food-notification")}
    made = coffee(done=done, area_m2="250")
    assert made.step("food-premises@food-notification").state == "dropped"  # type: ignore[union-attr]
    assert made.step("food-premises").service == "food-licence"  # type: ignore[union-attr]
    assert made.step("food-premises").done is None  # type: ignore[union-attr]


def test_only_a_draft_of_a_step_no_longer_needed_leaves_the_plan(coffee: Planning) -> None:
    made = coffee(done={"sso-employer": StepDone("started", draft="d1")}, employees="0")
    assert made.step("sso-employer") is None


def test_what_is_issued_unlocks_the_next(coffee: Planning) -> None:
    waiting = coffee().step("food-premises")
    assert waiting is not None
    assert (waiting.state, waiting.waits_for) == ("after", ("commercial-registration",))
    done = {"commercial-registration": StepDone("issued", date(2026, 11, 24), form="tp")}
    free = coffee(done=done).step("food-premises")
    assert free is not None
    assert (free.state, free.waits_for) == ("ready", ())


def test_a_finish_behind_an_unknown_one_is_unknown(coffee: Planning) -> None:
    made = coffee(entity="juristic")
    assert made.step("company-registration").finish is None  # type: ignore[union-attr]
    assert made.step("food-premises").finish is None  # type: ignore[union-attr]
    assert not made.finish_known


def test_json_holds_exactly_the_fields_of_the_table(coffee: Planning) -> None:
    made = coffee(area_m2=None).to_json("th")
    assert list(made) == ["steps", "open_questions", "excluded"]
    fields = "id title why law after agency fee days unit finish documents confidence state".split()
    assert all(list(step) == fields for step in made["steps"])  # type: ignore[union-attr, arg-type]
    assert all(set(item) == {"id", "why"} for item in made["excluded"])  # type: ignore[union-attr, arg-type]


def test_fees_are_ranges_with_confidence(coffee: Planning) -> None:
    fee = coffee().step("food-premises").fee  # type: ignore[union-attr]
    assert fee is not None
    assert (fee.low, fee.high, fee.by, fee.confidence) == ("0", "1000", "authority", "low")
