"""The two normative examples of DESIGN.md section 4.3, word for word."""

from datetime import date
from typing import Any

import pytest

from chutdiao import paths
from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.form import FieldType
from chutdiao.formlib.journeys import load_journey
from chutdiao.formlib.lint.draft import Draft
from chutdiao.formlib.lint.expressions import check_cycles, check_expressions
from chutdiao.formlib.lint.probing import probe
from chutdiao.formlib.load import load_form
from chutdiao.formlib.shape import check_shape
from chutdiao.formlib.shelf import Shelf
from chutdiao.formlib.source import Table, read_table, read_yaml

SECTION = """\
- id: shareholding
  title: {th: หุ้นและผู้ถือหุ้น, en: Shares and shareholders}
  fields:
    - {id: capital, type: money, bind: business.registered_capital, required: yes}
    - id: par
      type: money
      bind: business.share_par
      required: yes
      checks: [{that: par >= 5, law: ป.พ.พ. ม.1117, say: {th: มูลค่าหุ้นต้องไม่ต่ำกว่า 5 บาท, en: A share is worth at least 5 baht}}]
    - {id: shares, type: number, whole: yes, value: capital / par if par > 0 else 0}
    - id: shareholders
      type: table
      bind: business.shareholders            # persons in the role of shareholder
      rows: {min: 2, max: 5000, paste: [holder, name, nationality, shares]}
      columns:
        - {id: no, type: number, value: row()}
        - {id: kind, type: choice, choices: [natural, foreign, juristic], required: yes}
        - {id: holder, type: identity, of: kind, bind: person.identity, required: yes}
        - {id: name, type: name, bind: person.name, required: yes}
        - {id: nationality, type: reference, table: countries, bind: person.nationality}
        - {id: held, type: number, whole: yes, required: yes, checks: [{that: held >= 1, say: {th: อย่างน้อย 1 หุ้น, en: At least one share}}]}
        - {id: from_no, type: number, value: before(held) + 1}
        - {id: to_no, type: number, value: before(held) + held}
        - {id: paid, type: money, checks: [{that: paid >= par * 0.25, law: ป.พ.พ. ม.1105, say: {th: ชำระแล้วไม่น้อยกว่าร้อยละ 25 ของมูลค่าหุ้น, en: At least 25 % of the share is paid}}]}
  checks:
    - {that: 'total(shareholders, held) == shares', say: {th: จำนวนหุ้นรวมไม่เท่ากับทุนหารด้วยมูลค่าหุ้น, en: Shares held do not add up to capital divided by par}}
    - {that: 'unique(shareholders, holder)', say: {th: มีผู้ถือหุ้นซ้ำ, en: A shareholder appears twice}}
  computed:
    - {id: foreign_shares, value: 'total(shareholders, held if nationality != "TH" else 0)'}
"""  # noqa: E501
STEP = """\
id: normative
title: {th: ตัวอย่าง, en: Example}
questions:
  - {id: sells_food, type: yes-no, title: {th: ก, en: A}, why: {th: ก, en: A}, law: ม.38}
  - {id: on_public_way, type: yes-no, title: {th: ก, en: A}, why: {th: ก, en: A}, law: ม.41}
  - {id: area_m2, type: number, title: {th: ก, en: A}, why: {th: ก, en: A}, law: ม.38}
steps:
  - step: food-premises
    after: {all: [premises-right], any: [company-registration, commercial-registration]}
    decide:
      - {when: not sells_food, result: not-needed}
      - {when: on_public_way, result: {service: street-vending}, law: พ.ร.บ.การสาธารณสุข 2535 ม.41, why: {th: ก, en: A}}
      - {when: area_m2 > 200, result: {service: food-licence}, law: ม.38, why: {th: ก, en: A}}
      - {when: area_m2 <= 200, result: {service: food-notification}, law: ม.38 ม.48, why: {th: ก, en: A}}
    agency: local_authority(premises)
    fee: {by: authority, range: [0, 1000], confidence: low}
    time: {count: 7, unit: working-days, from: complete, may_operate_from: received}
    yields: {premises.food_certificate: case.licence_number}
"""  # noqa: E501
HEAD = """\
id: boj5
version: 1
title: {th: บอจ.5, en: BOJ 5}
agency: dbd
effective: {from: 2020-01-01}
law: ป.พ.พ.
source: DESIGN
channels: [paper]
sections:
"""


@pytest.fixture(scope="module")
def raw() -> Table:
    lines = "".join(f"  {line}\n" for line in SECTION.splitlines())
    return read_table(HEAD + lines, "normative.yaml")


def _row(row: str, held: str, nationality: str = "TH", **more: Any) -> dict[str, Any]:
    return {
        "_row": row,
        "kind": "foreign",
        "holder": f"A{row}",
        "held": held,
        "nationality": nationality,
        **more,
    }


def test_the_example_has_the_shape_of_the_language(raw: Table) -> None:
    assert check_shape(raw, paths.forms_dir() / "schema" / "form.schema.json") == []
    draft, parameters = Draft(raw, Shelf(paths.forms_dir()).facts()), Shelf(paths.forms_dir()).parameters()
    for rule in (check_expressions(draft, parameters), check_cycles(draft), probe(draft, parameters)):
        assert list(rule) == []


def test_the_example_loads(raw: Table) -> None:
    form = load_form(raw, Shelf(paths.forms_dir()).facts())
    shareholders = form.field("shareholders")
    assert shareholders is not None and shareholders.type is FieldType.TABLE
    assert shareholders.rows is not None and shareholders.rows.max == 5000
    assert len(form.checks) == 2 and form.computed[0].id == "foreign_shares"
    assert form.field("par").label.th  # type: ignore[union-attr]


def test_the_example_runs(raw: Table) -> None:
    form = load_form(raw)
    rows = [_row("a", "600", paid="2.5"), _row("b", "400", "JP", paid="1")]
    answers = {"capital": "10000", "par": "10", "shareholders": rows}
    state = evaluate(form, answers, Context(date(2026, 11, 23)))
    assert state.fields["shares"].value == "1000"
    assert state.fields["shareholders[b].from_no"].value == "601"
    assert state.fields["shareholders[b].to_no"].value == "1000"
    assert state.computed["foreign_shares"] == "400"
    found = {(problem.code, problem.place) for problem in state.problems}
    assert ("check.paid.1", "shareholders[b].paid") in found
    assert ("check.paid.1", "shareholders[a].paid") not in found
    assert not any(code.startswith("check.boj5") for code, _ in found)
    state = evaluate(form, {**answers, "capital": "12000", "par": "4"}, Context(date(2026, 11, 23)))
    codes = {problem.code for problem in state.problems}
    assert {"check.par.1", "check.boj5.1"} <= codes


def test_the_step_of_a_journey_loads() -> None:
    journey = load_journey(read_table(STEP, "step.yaml"))
    step = journey.steps[0]
    assert step.after.all == ("premises-right",)
    assert step.after.any == ("company-registration", "commercial-registration")
    assert [row.service for row in step.decide] == ["", "street-vending", "food-licence", "food-notification"]
    assert step.fee is not None and (step.fee.low, step.fee.high, step.fee.by) == ("0", "1000", "authority")
    assert step.time is not None and (step.time.count, step.time.may_operate_from) == (7, "received")
    assert step.yields == (("premises.food_certificate", "case.licence_number"),)


def test_the_step_has_the_shape_of_the_language() -> None:
    schema = paths.forms_dir() / "schema" / "journey.schema.json"
    assert check_shape(read_yaml(STEP, "step.yaml"), schema) == []
