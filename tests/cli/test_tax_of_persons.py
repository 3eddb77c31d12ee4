"""The words ``tax pit``, ``tax payroll`` and ``tax wht`` as people type them: every code, any bad input."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.bootstrap import SystemClock
from chutdiao.cli import run
from chutdiao.formlib.parameters import load_parameters

QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ISSUE_INCOMES = (
    "salary commission royalty interest dividend rent professional hire-of-work service advertising "
    "transport insurance prize performer promotion goods"
).split()
ISSUE_PAYEES = "person company partnership foundation foreign-company bank".split()
ISSUE_ALLOWANCES = (
    "personal spouse child child2561 parent disabled sso life health pension pvd rmf home-loan donation"
).split()
COUNTED = frozenset("personal spouse child child2561 parent disabled".split())
TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = run(["tax", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("word", ["pit", "wht"])
def test_help_lists_every_code_of_the_tables(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["tax", word, "--help"])
    shown = {
        line.split()[0]
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("  ") and line.split()
    }
    known = load_parameters(paths.forms_dir())
    tables = {
        "pit": ("pit.incomes", "pit.allowances", "pit.allowances_of_year"),
        "wht": ("wht.incomes", "wht.payees", "wht.payers"),
    }[word]
    codes = {row["code"] for table in tables for dated in known.tables[table] for row in dated.value}
    assert len(codes) > 30 and codes <= shown
    asked = {"pit": {*ISSUE_ALLOWANCES}, "wht": {*ISSUE_INCOMES, *ISSUE_PAYEES}}[word]
    assert asked <= shown


@pytest.mark.parametrize("code", ISSUE_ALLOWANCES)
def test_every_allowance_can_be_claimed(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    claim = code if code in COUNTED else f"{code}=1000"
    exit_code, found = answered(
        capsys, "pit", "--year", "2568", "--income", "40-1=900000", "--allow", claim, "--language", "en"
    )
    assert exit_code == 0
    assert found["net"] != "800000.00"


@pytest.mark.parametrize(
    "written", ["parentx2", "parent×2", "parent*2", "parent=2", "parent=60000", "Parent X2"]
)
def test_heads_are_counted_however_they_are_written(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, found = answered(
        capsys, "pit", "--year", "2568", "--income", "40-1=900000", "--allow", "personal", "--allow", written
    )
    assert exit_code == 0 and found["granted"] == {"personal": "60000.00", "parent": "60000.00"}


def test_the_year_and_the_month_default_to_now(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, found = answered(capsys, "payroll", "--monthly", "50000")
    now = SystemClock().now()
    assert exit_code == 0
    assert (found["year_be"], found["month"], found["months_left"]) == (
        now.year + 543,
        now.month,
        13 - now.month,
    )


@QUICK
@given(income=TYPED, allow=TYPED, rate=TYPED, payee=TYPED, month=TYPED)
def test_whatever_is_typed_is_answered_or_told_what_to_mend(
    capsys: pytest.CaptureFixture[str], income: str, allow: str, rate: str, payee: str, month: str
) -> None:
    for words in (
        ("pit", "--year", "2568", f"--income={income}", f"--allow={allow}"),
        ("pit", "--year", "2568", "--income=40-1=900000", f"--allow=life={allow}"),
        ("wht", f"--amount={allow}", f"--rate={rate}"),
        ("wht", "--amount=5000", "--income=service", f"--payee={payee}"),
        ("payroll", f"--monthly={income}", f"--month={month}"),
    ):
        exit_code, found = answered(capsys, *words)
        assert exit_code in (0, 1)
        assert exit_code == 0 or all(problem["cure"] for problem in found["problems"])  # type: ignore[attr-defined]
