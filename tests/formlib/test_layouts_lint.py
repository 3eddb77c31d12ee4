"""Every mistake an author can make in a layout of an agency's file is found in its file, with a cure."""

import shutil
from pathlib import Path

import pytest

from chutdiao import paths
from chutdiao.bootstrap import problem_texts
from chutdiao.formlib.lint import check_library

CENTRAL, SSO, PREP, COLUMNS = (f"layouts/{name}.yaml" for name in ("rd-central", "sso", "rd-prep", "columns"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The shipped layouts alone, with the parameters they name."""
    forms = tmp_path / "forms"
    for name in ("layouts", "schema", "parameters/sso", "calendar"):
        shutil.copytree(paths.forms_dir() / name, forms / name)
    for path in (forms / "calendar").glob("*.yaml"):
        path.unlink()
    return forms


def test_what_is_shipped_is_sound(library: Path) -> None:
    assert check_library(library).problems == []


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (CENTRAL, "kind: fixed, fixed: H}", "kind: fixed, fixd: H}", "form.unknown-key"),
        (CENTRAL, "confidence: medium", "confidence: sure", "form.not-one-of"),
        (CENTRAL, "title: {th: FORMAT กลาง 2.0 ภ.ง.ด.3, ", "title: {", "form.missing-translation"),
        (CENTRAL, "counts: {header: 25, detail: 38}", "counts: {header: 25, detail: 37}", "layout.count"),
        (CENTRAL, 'times: "3"', 'times: "2"', "layout.count"),
        (CENTRAL, "take: payer.sender_role", "take: payer.role", "layout.take"),
        (CENTRAL, "only: payer.channel=internet", "only: payer.chanel=internet", "layout.take"),
        (CENTRAL, "{period.year}", "{period.century}", "layout.take"),
        (CENTRAL, "totals: {amount: amount, tax: tax}", "totals: {amount: amounts, tax: tax}", "layout.take"),
        (CENTRAL, "column: account_no, say", "column: account, say", "layout.take"),
        (CENTRAL, 'media: "1", ', "", "layout.codes"),
        (CENTRAL, "{block: tail}", "{block: tale}", "layout.block"),
        (CENTRAL, "      - village\n", "      - hamlet\n", "layout.column"),
        (CENTRAL, "like: rd-central-pnd2\n", "like: rd-central-pnd22\n", "layout.like"),
        (CENTRAL, "like: rd-central-pnd2\n", "like: rd-central-pnd2a\n", "layout.like"),
        (CENTRAL, "id: rd-central-pnd2a", "id: rd-central-pnd2", "layout.twice"),
        (CENTRAL, "      PAY_CON: {codes", "      PAYCON: {codes", "layout.unused-field"),
        (CENTRAL, "    shape: delimited\n", "", "layout.missing"),
        (CENTRAL, "    default: no\n", "    default: yes\n", "layout.default"),
        (PREP, "    name: rd-prep\n    default: yes\n", "    name: rd-prep\n", "layout.default"),
        (SSO, 'length: "135"', 'length: "134"', "layout.count"),
        (SSO, "kind: text, width: 35, take", "kind: text, take", "layout.field-width"),
        (SSO, 'mr: "003", ', "", "layout.codes"),
        (CENTRAL, 'example: "0103599999022"', 'example: "0103599999023"', "layout.example"),
        (COLUMNS, "parameter: sso.rate", "parameter: sso.rates", "layout.take"),
        (COLUMNS, "default: payer\n", "default: boss\n", "layout.example"),
    ],
)
def test_a_mistake_is_found_where_it_is(library: Path, file: str, old: str, new: str, code: str) -> None:
    path = library / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problems = check_library(library).problems
    assert code in [problem.code for problem in problems], problems
    texts = problem_texts()
    for problem in problems:
        assert problem.place.startswith("forms/layouts/"), problem
        for language in ("th", "en"):
            assert texts.cure(problem, language) and "{" not in texts.message(problem, language)
