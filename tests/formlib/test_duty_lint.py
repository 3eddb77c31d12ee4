# ruff: noqa: E501
"""What an author may get wrong in a duty is found, with its place, a sentence and a cure."""

import pytest

from chutdiao import paths
from chutdiao.bootstrap import problem_texts
from chutdiao.formlib import tree
from chutdiao.formlib.lint.duties import check_duties
from chutdiao.formlib.lint.structure import Around
from chutdiao.formlib.shape import check_shape
from chutdiao.formlib.source import Table, read_table

SOUND = """\
extensions:
  - id: online
    title: {th: ขยายเวลา, en: More time}
    windows:
      - {days: 8, from: 2024-01-01, to: 2027-01-31, law: ประกาศ, source: ประกาศตัวอย่าง, checked_on: 2026-11-23}
events:
  - {id: met, label: {th: วันประชุม, en: Day of the meeting}, duty: meet}
questions:
  - id: kind
    type: choice
    title: {th: รูปแบบ, en: Kind}
    why: {th: เพราะ, en: Because}
    law: ประมวลตัวอย่าง
    fact: business.kind
    choices: [{code: natural, label: {th: คน, en: Person}}, {code: juristic, label: {th: นิติบุคคล, en: Company}}]
  - id: met_on
    type: date
    title: {th: ประชุมวันใด, en: When was the meeting}
    why: {th: เพราะ, en: Because}
    law: ประมวลตัวอย่าง
duties:
  - id: meet
    code: meet
    title: {th: ประชุม, en: Meet}
    form: รายงาน
    agency: rd
    when: kind == 'juristic'
    every: accounting-year
    since: period-end
    months: 4
    law: ประมวลตัวอย่าง ม.1
    source: ประมวลตัวอย่าง
    checked_on: 2026-11-23
  - id: list
    code: list
    title: {th: ส่งรายชื่อ, en: File the list}
    form: รายชื่อ
    agency: rd
    when: kind == 'juristic'
    every: accounting-year
    since: met
    on: met_on
    days: 14
    efile: online
    law: ประมวลตัวอย่าง ม.2
    source: ประมวลตัวอย่าง
    checked_on: 2026-11-23
  - id: hired
    code: hired
    title: {th: แจ้งลูกจ้าง, en: Tell of an employee}
    form: แบบแจ้ง
    agency: rd
    when: kind == 'juristic'
    every: once
    since: met
    each: {role: business.employees, fact: employment.started_on, name: employment.name}
    days: 30
    law: ประมวลตัวอย่าง ม.3
    source: ประมวลตัวอย่าง
    checked_on: 2026-11-23
"""
AROUND = Around(
    facts={"business.kind": {}, "employment.started_on": {}, "employment.name": {}},
    roles={"business.employees": {}},
    agencies={"rd": {}},
    services=[],
    tables=frozenset(),
)
SCHEMA = paths.forms_dir() / "schema" / "duties.schema.json"


def found(text: str) -> list[tuple[str, str]]:
    document = read_table(text, "forms/calendar/sample.yaml")
    assert isinstance(document, Table)
    problems = check_shape(document, SCHEMA) or list(check_duties([document], AROUND, ["boj5"]))
    texts = problem_texts()
    for problem in problems:
        assert problem.place.startswith("forms/calendar")
        for language in ("th", "en"):
            assert texts.message(problem, language) != problem.code and texts.cure(problem, language)
    return [(problem.code, " ".join(problem.values.values())) for problem in problems]


def test_the_sample_is_sound() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "value"),
    [
        ("id: list\n", "id: meet\n", "duty.twice", "meet"),
        ("agency: rd\n    when: kind == 'juristic'\n    every: once", "agency: moon\n    when: kind == 'juristic'\n    every: once", "duty.unknown", "moon"),
        ("since: period-end", "since: full-moon", "duty.unknown", "full-moon"),
        ("since: period-end", "since: period-start\n    on: kind", "duty.unknown", "kind"),
        ("efile: online", "efile: faster", "duty.unknown", "faster"),
        ("duty: meet}", "duty: gone}", "duty.unknown", "gone"),
        ("every: once\n    since: met", "every: once\n    since: period-end", "duty.not-counted", "period-end"),
        ("every: accounting-year\n    since: met", "every: month\n    since: met", "duty.not-counted", "month"),
        ("role: business.employees", "role: business.friends", "duty.unknown", "business.friends"),
        ("fact: employment.started_on", "fact: employment.mood", "duty.unknown", "employment.mood"),
        ("fact: business.kind", "fact: business.mood", "form.unknown-fact", "business.mood"),
        ("when: kind == 'juristic'\n    every: once", "when: size > 3\n    every: once", "expression.unknown-name", "size"),
        ("when: kind == 'juristic'\n    every: once", "when: kind ==\n    every: once", "expression.unreadable", ""),
        ("months: 4", "months: สี่", "form.wrong-number", "สี่"),
        ("months: 4", "day: 32", "form.wrong-text", "32"),
        ("checked_on: 2026-11-23\n  - id: list", "checked_on: 2026-02-30\n  - id: list", "form.wrong-date", "2026-02-30"),
        ("    law: ประมวลตัวอย่าง ม.1\n", "", "form.missing-law", "law"),
        ("efile: online", "fills: boj9", "duty.unknown", "boj9"),
        ("every: once", "every: fortnight", "form.not-one-of", "fortnight"),
        ("    days: 14\n", "    days: 14\n    weeks: 2\n", "form.unknown-key", "weeks"),
    ],
)  # fmt: skip
def test_each_mistake_is_found(old: str, new: str, code: str, value: str) -> None:
    assert SOUND.count(old) >= 1
    problems = found(SOUND.replace(old, new, 1))
    assert any(known == code and value in told for known, told in problems), problems


def test_what_is_shipped_covers_every_return_the_command_line_names() -> None:
    documents = [
        read_table(path, tree.name_in(paths.forms_dir(), path)) for path in tree.duties(paths.forms_dir())
    ]
    codes = {str(row["code"]) for document in documents for row in document["duties"]}
    assert set(
        "pp30 pp30-2 pp36 pt40 pnd1 pnd1a pnd2 pnd2a pnd3 pnd3a pnd53 pnd54 pnd50 pnd51 pnd90 pnd91 pnd94 "
        "wht50 sso1-10 sso1-01 sso1-03 fs agm boj5 sign os4 pp01 pp09".split()
    ) <= codes  # fmt: skip
