# ruff: noqa: E501
"""Every kind of mistake an author can make is found where it was made, with a sentence and a cure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from chutdiao.domain.problem import Problem

from .conftest import Library

F, P, C = "rd/sample/form.yaml", "rd/sample/print.yaml", "rd/sample/cases.yaml"
A, J = "rd/sample/migrations.yaml", "journeys/open-sample.yaml"
PLACE = re.compile(r"forms/.+\.yaml:\d+:\d+")


@dataclass(frozen=True)
class Seed:
    """One mistake: in ``file``, ``old`` becomes ``new``; ``down`` lines below it the problem is placed."""

    code: str
    file: str
    old: str
    new: str
    down: int | None = 0
    value: str = ""


SEEDS = (
    # the file itself
    Seed("yaml.syntax", F, "title: {th: แบบตัวอย่าง, en: Sample form}", "title: {th: แบบตัวอย่าง, en: Sample form", None),
    Seed("yaml.anchor", F, "law: พ.ร.บ.", "law: &law พ.ร.บ."),
    Seed("yaml.anchor", F, "service: sample-service", "service: *law"),
    Seed("yaml.tag", F, "law: พ", "law: !!str พ"),
    Seed("yaml.duplicate-key", F, "agency: rd", "agency: rd\nagency: dbd", 1, "agency"),
    Seed("yaml.many-documents", F, "portal:\n", "---\nportal:\n", 1),
    # shape
    Seed("form.unknown-key", F, "        required: yes\n        label", "        requird: yes\n        label", 0, "required"),
    Seed("form.missing-key", F, "version: 2569.1\n", "", None, "version"),
    Seed("form.missing-translation", F, "{th: ชนิด, en: Kind}", "{th: ชนิด}", 0, "en"),
    Seed("form.missing-translation", F, "say: {th: ทุนน้อยไป, en: Too little capital}", "say: {en: Too little}", 0, "th"),
    Seed("form.missing-source", F, "source: แบบที่กรมเผยแพร่\n", "", None),
    Seed("form.missing-law", F, "law: พ.ร.บ.ตัวอย่าง ม.1\n", "", None),
    Seed("form.wrong-date", F, "from: 2026-01-01", "from: 2026-02-31", 0, "2026-02-31"),
    Seed("form.wrong-date", F, "from: 2026-01-01", "from: 1 ม.ค. 2569"),
    Seed("form.wrong-number", F, "max: 5", "max: ห้า", 0, "ห้า"),
    Seed("form.wrong-flag", F, "whole: yes", "whole: maybe", 0, "maybe"),
    Seed("form.wrong-id", F, "id: opened", "id: Opened-On", 0, "Opened-On"),
    Seed("form.wrong-version", F, "version: 2569.1", "version: newest", 0, "newest"),
    Seed("form.unknown-type", F, "type: date", "type: datum", 0, "datum"),
    Seed("form.not-one-of", F, "[portal, paper]", "[pigeon, paper]", 0, "pigeon"),
    Seed("form.wrong-type", F, "rows: {min: 0, max: 5, paste: [partner, share]}", "rows: many", 0, "many"),
    Seed("form.wrong-text", F, "https://example.go.th", "http://example.go.th"),
    Seed("form.empty-list", F, "[portal, paper]", "[]"),
    Seed("form.twice-in-list", F, "[portal, paper]", "[paper, paper]"),
    # expressions
    Seed("expression.unreadable", F, 'required: kind == "shop"', 'required: kind == "shop" and'),
    Seed("expression.not-allowed", F, "value: row()", "value: no.real"),
    Seed("expression.not-allowed", F, "'total(partners, share)'", "'[x for x in partners]'"),
    Seed("form.unknown-name", F, 'show: kind == "shop"', 'show: kinds == "shop"', 0, "kind"),
    Seed("form.unknown-name", F, "'total(partners, share)'", "'total(partners, shares)'", 0, "share"),
    Seed("form.unknown-table", F, "'total(partners, share)'", "'total(capital, capital)'", 0, "capital"),
    Seed("form.unknown-table", F, "{role: owner, label", "{role: owner, each: partner, label", 0, "partners"),
    Seed("form.unknown-name", F, "{role: owner, label", "{role: owner, each: partners, name: partnr, label", 0, "partner"),
    Seed("form.row-outside-table", F, "'total(partners, share)'", "'row() + 1'"),
    Seed("form.unknown-parameter", F, "'sample.limit'", "'sample.limits'", 0, "sample.limit"),
    Seed("form.unknown-choice", F, 'show: kind == "shop"', 'show: kind == "shopp"', 0, "shop"),
    Seed("form.unknown-choice", F, 'show: kind == "shop"', 'show: kind in ["shop", "cart"]', 0, "cart"),
    Seed("form.cycle", F, "'total(partners, share)'", "'shared + 1'", 0, "shared"),
    Seed("expression.kinds", F, 'show: kind == "shop"', "show: kind == 1"),
    Seed("expression.not-ordered", F, "that: capital > param(", "that: kind > param("),
    Seed("expression.not-yes-no", F, 'required: kind == "shop"', "required: capital"),
    Seed("expression.not-number", F, "'total(partners, share)'", "'total(partners, partner)'"),
    Seed("expression.not-date", F, "that: capital > param('sample.limit', on=today())", "that: days_between(capital, today()) > 1"),
    Seed("expression.not-list", F, 'required: kind == "shop"', '''required: '"shop" in kind' '''),
    Seed("expression.divide-by-zero", F, "'total(partners, share)'", "'total(partners, share) / 0'"),
    # structure
    Seed("form.missing-label", F, "        label: {th: วันเปิด, en: Opened on}\n", "", -2, "opened"),
    Seed("form.missing-choice-label", F, "          - {code: stall, label: {th: แผงลอย, en: Stall}}", "          - stall"),
    Seed("form.duplicate-id", F, "id: opened", "id: capital", 0, "capital"),
    Seed("form.duplicate-id", F, "{code: stall,", "{code: shop,", 0, "shop"),
    Seed("form.duplicate-id", F, "{id: shared, value", "{id: kind, value", 0, "kind"),
    Seed("form.unknown-fact", F, "bind: business.capital", "bind: business.capitol", 0, "business.capital"),
    Seed("form.fact-of-other-type", F, "bind: business.capital", "bind: person.name", 0, "name"),
    Seed("form.unknown-role", F, "about: business.owner", "about: business.boss", 0, "business.boss"),
    Seed("form.unknown-reference", F, "table: tsic", "table: tsci", 0, "tsic"),
    Seed("form.key-of-other-type", F, "type: date", "type: date\n        whole: yes", 1, "whole"),
    Seed("form.missing-key", F, "        table: tsic\n", "", -2, "table"),
    Seed("form.table-in-table", F, "{id: share, type: money,", "{id: share, type: table, columns: [{id: x, type: text, label: {th: ก, en: A}}],"),
    Seed("form.unknown-column", F, "paste: [partner, share]", "paste: [partner, shares]", 0, "share"),
    Seed("form.paste-computed", F, "paste: [partner, share]", "paste: [no, partner]", 0, "no"),
    Seed("form.wrong-order", F, "min: 0, max: 5", "min: 9, max: 5", 0, "9"),
    Seed("form.wrong-order", F, "{from: 2026-01-01}", "{from: 2026-01-01, to: 2025-01-01}", 0, "2025-01-01"),
    Seed("form.unknown-agency", F, "agency: rd", "agency: rdd", 0, "rd"),
    Seed("form.unknown-agency", F, "agency: rd", "agency: local_authority(premise)", 0, "local_authority(premises)"),
    Seed("form.unknown-service", F, "service: sample-service", "service: other-service", 0, "other-service"),
    Seed("form.missing-portal", F, "portal:\n  name: {th: เว็บ, en: Site}\n  address: https://example.go.th\n  steps:\n    - {say: {th: กรอก, en: Fill in}, fields: [kind, capital]}\n", "", None),
    Seed("form.portal-not-a-channel", F, "[portal, paper]", "[paper]", None),
    Seed("form.unknown-name", F, "fields: [kind, capital]", "fields: [kind, capitol]", 0, "capital"),
    Seed("form.no-signatory", F, "signatories:\n  - {role: owner, label: {th: เจ้าของ, en: Owner}}\n", "", None),
    Seed("form.unknown-document", F, "document: lease", "document: leese", 0, "lease"),
    # paper
    Seed("print.item-without-field", P, "omit: [activity]", "omit: [activities]", 0, "activity"),
    Seed("print.item-without-field", P, "value: capital", "value: capitol", 0, "capital"),
    Seed("print.item-without-field", P, "table: partners", "table: partner", 0, "partners"),
    Seed("print.no-such-blank-field", P, "to: Text2", "to: Text9", 0, "Text9"),
    Seed("print.no-such-blank-field", P, "'Name{n}'", "'Name{n+1}'", 0, "Name4"),
    Seed("print.no-such-row", P, "rows: 1-3", "rows: 1-4", 0, "1-4"),
    Seed("print.no-such-row", P, "rows: 1-3", "rows: 3-1", 0, "3-1"),
    Seed("print.target-twice", P, "to: Text2", "to: Text1", 0, "Text1"),
    Seed("print.unknown-part", P, "value: capital,", "value: capital, part: street,", 0, "street"),
    Seed("print.item-without-field", P, "cell: '{share}'", "cell: '{shares}'", 0, "share"),
    Seed("print.item-without-field", P, "item: '{no}. {partner}', each: partners", "item: '{no}. {partner}'", 0, "no"),
    Seed("print.item-without-field", P, "each: partners", "each: partner", 0, "partners"),
    Seed("print.unknown-format", P, "{capital|money}", "{capital|monies}", 0, "money"),
    Seed("print.broken-place", P, "'{no}. {partner}'", "'{no. {partner}'", 0, "no"),
    Seed("expression.unreadable", P, "'{share}'", "'{share +}'"),
    # situations
    Seed("cases.failed", C, "ready: yes", "ready: no", 0, "ทุนพอ"),
    Seed("cases.failed", C, "shared: 10.50", "shared: 11", 0, "10.5"),
    Seed("cases.failed", C, "hidden: [capital]", "hidden: [opened]", 0, "visible"),
    Seed("cases.failed", C, "problems: [check.capital.1@capital]", "problems: []", 0, "check.capital.1"),
    Seed("cases.failed", C, "problems: []", "problems: [check.capital.1@capital]", 0, "check.capital.1"),
    Seed("cases.check-not-shown", C, "capital: 999", "capital: 1999", None, "wrong"),
    # what documents say about one another
    Seed("catalogue.unknown-form", "catalogue.yaml", "form: sample", "form: simple", 0, "simple"),
    Seed("form.wrong-text", "facts.yaml", "id: business.capital", "id: capital"),
    Seed("form.missing-translation", "facts.yaml", "{th: ทุน, en: Capital}", "{th: ทุน}"),
    # journeys
    Seed("form.unknown-fact", J, "fact: business.capital", "fact: business.capitol", 0, "business.capital"),
    Seed("form.missing-translation", J, "{th: ทุนเท่าไร, en: How much capital?}", "{th: ทุนเท่าไร}", 0, "en"),
    Seed("form.unknown-key", J, "law: พ.ร.บ.ตัวอย่าง\n    fact", "lawe: พ.ร.บ.ตัวอย่าง\n    fact", 0, "law"),
    Seed("journey.unknown-service", J, "service: sample-service", "service: simple-service", 0, "simple-service"),
    Seed("journey.unknown-name", J, "when: capital >", "when: capitol >", None, "capitol"),
    Seed("journey.unknown-parameter", J, "'sample.limit'", "'sample.limits'", None, "sample.limits"),
    Seed("journey.gap", J, "when: capital <=", "when: capital <", None),
    Seed("journey.overlap", J, "when: capital > param('sample.limit')", "when: capital > param('sample.limit') - 1", None),
    Seed("journey.unreachable", J, "        why: {th: ไม่เกินเพดาน, en: Not above the limit}\n", "        why: {th: ไม่เกินเพดาน, en: Not above the limit}\n      - {when: capital > 5000, result: needed, law: พ.ร.บ., why: {th: ก, en: A}}\n", None),
    # dated values
    Seed("parameter.missing", "parameters/sample/sample.yaml", "source: ประมวลตัวอย่าง, ", "", 0, "source"),
    Seed("parameter.date", "parameters/sample/sample.yaml", "from: 2020-01-01", "from: 2020-13-01", 0, "2020-13-01"),
)  # fmt: skip


def test_the_library_is_sound_before_it_is_spoiled(library: Library) -> None:
    report = library.check()
    assert report.problems == []
    assert report.counts["cases"] == 3
    assert report.sound


def test_there_are_at_least_thirty_kinds_of_mistake() -> None:
    assert len({seed.code for seed in SEEDS}) >= 30


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.code}-{seed.new.strip()[:24]}")
def test_a_mistake_is_found_where_it_is(
    library: Library, seed: Seed, spoken: Callable[[Problem], None]
) -> None:
    line = library.spoil(seed.file, seed.old, seed.new)
    found = [problem for problem in library.check().problems if problem.code == seed.code]
    assert found, [(p.code, p.place) for p in library.check().problems]
    problem = found[0]
    assert PLACE.fullmatch(problem.place), problem.place
    file, at, _ = problem.place.rsplit(":", 2)
    assert file == f"forms/{seed.file}"
    if seed.down is not None:
        assert int(at) == line + seed.down, problem.place
    if seed.value:
        assert any(seed.value in value for value in problem.values.values()), dict(problem.values)
    spoken(problem)


def test_versions_of_a_form_may_not_overlap(library: Library, spoken: Callable[[Problem], None]) -> None:
    old = library.file(F).read_text("utf-8")
    library.write(
        "rd/sample/form@2568.1.yaml", old.replace("2569.1", "2568.1").replace("2026-01-01", "2025-01-01")
    )
    library.write("rd/sample/cases@2568.1.yaml", library.file(C).read_text("utf-8"))
    codes = {problem.code: problem for problem in library.check().problems}
    assert {"form.overlapping-versions", "migrations.missing"} == set(codes)
    for problem in codes.values():
        spoken(problem)
    library.spoil("rd/sample/form@2568.1.yaml", "{from: 2025-01-01}", "{from: 2025-01-01, to: 2025-12-31}")
    library.write(
        A,
        "- {from: 2568.1, to: 2569.1, severity: data, renamed: {kind: kinds}, removed: [gone], say: {th: ก, en: A}}",
    )
    wrong = [problem for problem in library.check().problems if problem.code == "migrations.unknown-field"]
    assert [problem.values["name"] for problem in wrong] == ["kinds", "gone"]
    spoken(wrong[0])


def test_the_same_version_twice_is_a_mistake(library: Library, spoken: Callable[[Problem], None]) -> None:
    for name in ("form", "cases"):
        library.write(f"rd/copy/{name}.yaml", library.file(f"rd/sample/{name}.yaml").read_text("utf-8"))
    problems = library.check().problems
    assert [problem.code for problem in problems] == ["form.duplicate-form"]
    spoken(problems[0])


def test_a_form_without_cases_is_a_mistake(library: Library, spoken: Callable[[Problem], None]) -> None:
    library.file(C).unlink()
    problems = library.check().problems
    assert [problem.code for problem in problems] == ["cases.missing"]
    spoken(problems[0])


def test_one_broken_form_does_not_hide_another(library: Library) -> None:
    text = (
        library.file(F)
        .read_text("utf-8")
        .replace("id: sample\n", "id: second\n")
        .replace("agency: rd", "agency: no")
    )
    library.write("rd/second/form.yaml", text)
    library.spoil(F, "type: date", "type: datum")
    codes = {problem.code for problem in library.check().problems}
    assert {"form.unknown-type", "form.unknown-agency", "cases.missing"} <= codes
