"""A small library of forms in a folder of its own, sound until a test spoils it."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.domain.problem import Problem, ProblemTexts
from chutdiao.formlib.lint import Report, check_library
from chutdiao.formlib.wording import load_texts

FACTS = """\
subjects:
  - {id: person, label: {th: บุคคล, en: Person}}
  - {id: business, label: {th: กิจการ, en: Business}}
roles:
  - {id: business.owner, subject: person, many: no, label: {th: เจ้าของ, en: Owner}}
  - {id: business.partners, subject: person, many: yes, label: {th: หุ้นส่วน, en: Partners}}
facts:
  - {id: business.capital, type: money, label: {th: ทุน, en: Capital}, privacy: business}
  - {id: person.name, type: name, label: {th: ชื่อ, en: Name}, privacy: personal}
"""
AGENCIES = """\
agencies:
  - {id: rd, name: {th: กรมสรรพากร, en: Revenue Department}, kind: national}
"""
CATALOGUE = """\
services:
  - id: sample-service
    title: {th: ตัวอย่าง, en: Sample}
    agency: rd
    law: พ.ร.บ.ตัวอย่าง
    form: sample
    source: หนังสือตัวอย่าง
    checked_on: 2026-11-23
"""
PARAMETERS = """\
parameters:
  - id: sample.limit
    title: {th: เพดาน, en: Limit}
    unit: baht
    values:
      - {value: 1000, from: 2020-01-01, source: ประมวลตัวอย่าง, checked_on: 2026-11-23}
"""
FORM = """\
id: sample
version: 2569.1
title: {th: แบบตัวอย่าง, en: Sample form}
agency: rd
service: sample-service
effective: {from: 2026-01-01}
law: พ.ร.บ.ตัวอย่าง ม.1
source: แบบที่กรมเผยแพร่
channels: [portal, paper]
sections:
  - id: main
    title: {th: ส่วนหลัก, en: Main}
    about: business.owner
    fields:
      - id: kind
        type: choice
        required: yes
        label: {th: ชนิด, en: Kind}
        choices:
          - {code: shop, label: {th: ร้าน, en: Shop}}
          - {code: stall, label: {th: แผงลอย, en: Stall}}
      - id: capital
        type: money
        bind: business.capital
        show: kind == "shop"
        required: kind == "shop"
        checks:
          - that: capital > param('sample.limit', on=today())
            law: พ.ร.บ.ตัวอย่าง ม.2
            say: {th: ทุนน้อยไป, en: Too little capital}
      - id: opened
        type: date
        label: {th: วันเปิด, en: Opened on}
      - id: activity
        type: reference
        table: tsic
        label: {th: กิจการ, en: Activity}
      - id: partners
        type: table
        bind: business.partners
        rows: {min: 0, max: 5, paste: [partner, share]}
        columns:
          - {id: no, type: number, whole: yes, value: row(), label: {th: ที่, en: No.}}
          - {id: partner, type: name, bind: person.name, required: yes}
          - {id: share, type: money, label: {th: ส่วน, en: Share}}
      - id: lease
        type: file
        document: lease
        label: {th: สัญญาเช่า, en: Lease}
    computed:
      - {id: shared, value: 'total(partners, share)'}
requirements:
  - {id: lease, label: {th: สัญญาเช่า, en: Lease}, needed: kind == "shop"}
signatories:
  - {role: owner, label: {th: เจ้าของ, en: Owner}}
portal:
  name: {th: เว็บ, en: Site}
  address: https://example.go.th
  steps:
    - {say: {th: กรอก, en: Fill in}, fields: [kind, capital]}
"""
JOURNEY = """\
id: open-sample
title: {th: เปิดร้าน, en: Open a shop}
questions:
  - id: capital
    type: money
    title: {th: ทุนเท่าไร, en: How much capital?}
    why: {th: กฎหมายถาม, en: The law asks}
    law: พ.ร.บ.ตัวอย่าง
    fact: business.capital
steps:
  - step: register
    decide:
      - when: capital > param('sample.limit')
        result: {service: sample-service}
        law: พ.ร.บ.ตัวอย่าง
        why: {th: เกินเพดาน, en: Above the limit}
      - when: capital <= param('sample.limit')
        result: not-needed
        law: พ.ร.บ.ตัวอย่าง
        why: {th: ไม่เกินเพดาน, en: Not above the limit}
"""
PRINT = """\
sheet: {omit: [activity]}
blank:
  title: {th: แบบของกรม, en: The blank}
  file: sample.pdf
  sha256: [0000000000000000000000000000000000000000000000000000000000000000]
  fields: [Text1, Text2, Group1]
  map:
    - {to: Text1, value: capital, format: money}
    - {to: Text2, table: partners, row: 1, value: partner, format: name}
    - {to: Group1, when: kind == "shop", state: /0}
  attachments:
    - id: partners
      title: {th: ใบแนบ, en: The attachment}
      file: partners.pdf
      sha256: [1111111111111111111111111111111111111111111111111111111111111111]
      fields: [Sheet, Name1, Name2, Name3]
      table: partners
      rows: 3
      map:
        - {to: Sheet, value: sheet}
        - {to: 'Name{n}', rows: 1-3, value: partner, format: name}
document:
  parts:
    - {title: 'ทุน {capital|money} บาท', when: kind == "shop"}
    - {table: partners, columns: [{head: ส่วน, cell: '{share}'}]}
    - {item: '{no}. {partner}', each: partners}
"""
CASES = """\
- name: ว่าง
  today: 2026-11-23
  answers: {}
  expect: {visible: [kind], hidden: [capital], problems: [required@kind], ready: no}
- name: ทุนน้อย
  today: 2026-11-23
  answers: {kind: shop, capital: 999}
  expect: {visible: [capital], problems: [check.capital.1@capital], ready: no}
- name: ทุนพอ
  today: 2026-11-23
  answers: {kind: shop, capital: 5000, partners: [{partner: {full: ก}, share: 10.50}]}
  expect: {problems: [], values: {shared: 10.50, 'partners[r1].no': 1}, ready: yes}
"""
F = "rd/sample/form.yaml"
MISSING = "รายการนี้ไม่มีในไฟล์"


@dataclass
class Library:
    """The folder, and what checking it says."""

    folder: Path

    def file(self, name: str) -> Path:
        return self.folder / name

    def spoil(self, name: str, old: str, new: str) -> int:
        """Replace one text in a file and return the line where the new one begins."""
        path = self.file(name)
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, f"{MISSING}: {old}"
        at = text.index(old)
        path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")
        lead = len(new) - len(new.lstrip("\n"))
        return text[:at].count("\n") + 1 + lead

    def check(self) -> Report:
        return check_library(self.folder, schemas=paths.forms_dir() / "schema")

    def write(self, name: str, text: str) -> Path:
        path = self.file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
        return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    found = Library(tmp_path / "forms")
    for name, text in {
        "facts.yaml": FACTS,
        "agencies.yaml": AGENCIES,
        "catalogue.yaml": CATALOGUE,
        "parameters/sample/sample.yaml": PARAMETERS,
        "journeys/open-sample.yaml": JOURNEY,
        "rd/sample/form.yaml": FORM,
        "rd/sample/print.yaml": PRINT,
        "rd/sample/cases.yaml": CASES,
    }.items():
        found.write(name, text)
    (found.folder / "reference").symlink_to(paths.forms_dir() / "reference")
    return found


@pytest.fixture(scope="session")
def texts() -> ProblemTexts:
    return load_texts(paths.resources_dir())


@pytest.fixture
def spoken(texts: ProblemTexts) -> Callable[[Problem], None]:
    """Assert that a problem has a whole sentence and a cure in both languages."""

    def check(problem: Problem) -> None:
        for language in ("th", "en"):
            message, cure = texts.message(problem, language), texts.cure(problem, language)
            assert message != problem.code, f"{problem.code} has no sentence in {language}"
            assert cure, f"{problem.code} has no cure in {language}"
            assert "{" not in message + cure.replace("{_row", ""), (message, cure)

    return check
