"""The step of the design's own example: it loads, is checked and plans, without a word of ours added."""

from datetime import date

from chutdiao import paths
from chutdiao.domain.check import Context
from chutdiao.domain.journey import Journey, lint_journey, plan
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json, Level
from chutdiao.formlib.journeys import load_journey
from chutdiao.formlib.source import read_table

TODAY = date(2026, 11, 23)
EXAMPLE = """\
id: example
title: {th: ตัวอย่าง, en: Example}
questions:
  - {id: sells_food, type: yes-no, title: {th: ขายอาหารไหม, en: Food?}, why: {th: ก, en: a}, law: ม.38}
  - {id: on_public_way, type: yes-no, title: {th: ทางสาธารณะ, en: Public?}, why: {th: ก, en: a}, law: ม.41}
  - {id: area_m2, type: number, title: {th: พื้นที่, en: Area?}, why: {th: ก, en: a}, law: ม.38}
  - {id: authority_type, type: text, title: {th: ชนิด, en: Type?}, why: {th: ก, en: a}, law: ม.38}
  - {id: authority_name, type: text, title: {th: ชื่อ, en: Name?}, why: {th: ก, en: a}, law: ม.38}
steps:
  - {step: premises-right, decide: [{when: 'true', result: needed}]}
  - {step: company-registration, decide: [{when: 'true', result: not-needed}]}
  - {step: commercial-registration, decide: [{when: 'true', result: needed}]}
  - step: food-premises
    after: {all: [premises-right], any: [company-registration, commercial-registration]}
    decide:
      - {when: not sells_food, result: not-needed}
      - {when: on_public_way, result: {service: street-vending}, law: ม.41, why: {th: ก, en: a}}
      - {when: area_m2 > 200, result: {service: food-licence}, law: ม.38, why: {th: ก, en: a}}
      - {when: area_m2 <= 200, result: {service: food-notification}, law: ม.38 ม.48, why: {th: ก, en: a}}
    agency: local_authority(premises)
    fee: {by: authority, range: [0, 1000], confidence: low}
    time: {count: 7, unit: working-days, from: complete, may_operate_from: received}
    yields: {premises.food_certificate: case.licence_number}
"""


def _journey() -> Journey:
    folder = paths.forms_dir()
    services = read_table(folder / "catalogue.yaml")["services"]
    agencies = {row["id"]: row for row in read_table(folder / "agencies.yaml")["agencies"]}
    return load_journey(read_table(EXAMPLE, "example.yaml"), services, agencies)


def test_it_loads_and_is_checked(parameters: Parameters) -> None:
    assert [p for p in lint_journey(_journey(), parameters, TODAY) if p.level is Level.STOP] == []


def test_it_plans(parameters: Parameters) -> None:
    answers: dict[str, Json] = {"sells_food": True, "on_public_way": False, "area_m2": "145"}
    step = plan(_journey(), answers, Context(TODAY, parameters)).step("food-premises")
    assert step is not None
    assert step.after == ("premises-right", "commercial-registration")
    assert (step.service, step.days, step.unit) == ("food-notification", 7, "working-days")
    assert step.may_operate_from == "received"
    assert step.fee is not None
    assert (step.fee.low, step.fee.high, step.fee.by, step.confidence) == ("0", "1000", "authority", "low")
    assert step.yields == (("premises.food_certificate", "case.licence_number"),)


def test_an_open_answer_lists_the_step_with_its_question(parameters: Parameters) -> None:
    answers: dict[str, Json] = {"sells_food": True, "on_public_way": False}
    made = plan(_journey(), answers, Context(TODAY, parameters))
    step = made.step("food-premises")
    assert step is not None
    assert (step.state, step.open) == ("depends", ("area_m2",))
    assert "พื้นที่" in step.why.th


def test_a_row_without_a_reason_names_the_answer(parameters: Parameters) -> None:
    made = plan(_journey(), {"sells_food": False}, Context(TODAY, parameters))
    why = {item.id: item.why for item in made.excluded}["food-premises"]
    assert "ขายอาหารไหม" in why.th
