"""Due days counted as the law counts, tried against a slow count of days and over random facts."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from chutdiao import paths
from chutdiao.domain.check import Context
from chutdiao.domain.deadline import is_working_day
from chutdiao.domain.duty import Duty, DutyBook, due_day, list_duties, notes_on
from chutdiao.domain.duty.model import PERIOD_DAYS
from chutdiao.domain.duty.reckoning import months_after
from chutdiao.domain.parameters import Parameters
from chutdiao.formlib.shelf import Shelf

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
COMPANY = {
    "kind": "juristic",
    "juristic_kind": "company",
    "end_month": "12",
    "vat": "yes",
    "employees": "12",
    "provident_fund": "no",
    "pays_persons": "yes",
    "pays_companies": "yes",
    "pays_investors": "yes",
    "pays_abroad": "yes",
    "sbt": "yes",
    "registered_on": "2020-06-01",
    "activities": ["food", "alcohol", "tobacco", "sign"],
    "place": "own",
    "area_m2": "250",
    "food_until": "2026-03-01",
    "liquor_until": "2026-05-05",
    "tobacco_until": "2026-05-05",
    "first_hired": "2020-07-01",
}


@lru_cache(1)
def law() -> tuple[DutyBook, Parameters]:
    shelf = Shelf(paths.forms_dir())
    return shelf.duties(), shelf.parameters()


def duties(year: int, **changed: object) -> dict[str, Duty]:
    book, parameters = law()
    answers = {key: value for key, value in (COMPANY | changed).items() if value is not None}
    return {duty.id: duty for duty in list_duties(book, answers, year, Context(TODAY, parameters)).duties}


def slow_months_after(day: date, months: int) -> date:
    """Civil and Commercial Code s. 193/5 word for word: walk to the day before the corresponding one."""
    begin = walked = day + timedelta(days=1)
    passed = 0
    while passed < months:
        walked += timedelta(days=1)
        passed += walked.day == 1
    ends = [
        walked + timedelta(days=n) for n in range(31) if (walked + timedelta(days=n)).month == walked.month
    ]
    corresponding = [one for one in ends if one.day == begin.day]
    return corresponding[0] - timedelta(days=1) if corresponding else ends[-1]


@settings(max_examples=200, derandomize=True)
@given(DAYS, st.integers(1, 14))
def test_months_end_on_the_day_before_the_corresponding_one(day: date, months: int) -> None:
    assert months_after(day, months) == slow_months_after(day, months)


@settings(max_examples=80, derandomize=True)
@given(DAYS, st.data())
def test_a_day_put_off_is_the_first_working_day(day: date, data: st.DataObject) -> None:
    book, parameters = law()
    rule = data.draw(st.sampled_from([rule for rule in book.rules if rule.shift]))
    due = due_day(rule, day, book, parameters)
    for asked, given_day in ((due.statutory, due.paper), (due.efile_statutory, due.efile)):
        if asked is None or given_day is None:
            continue
        assert is_working_day(given_day, parameters)
        between = [asked + timedelta(days=n) for n in range((given_day - asked).days)]
        assert not any(is_working_day(one, parameters) for one in between)
    assert due.efile is None or due.efile >= due.paper
    moved = [note for note in notes_on(rule, due) if note.code in ("due.weekend", "due.holiday")]
    assert bool(moved) == (due.paper != due.statutory)


def test_the_extension_is_added_to_the_day_of_the_law_and_ends_with_its_window() -> None:
    book, parameters = law()
    (window,) = book.extensions["rd"].windows
    for rule in (rule for rule in book.rules if rule.efile == "rd"):
        inside = due_day(replace(rule, months=0, day="", days=0), window.end, book, parameters)
        after = due_day(
            replace(rule, months=0, day="", days=0), window.end + timedelta(days=1), book, parameters
        )
        assert inside.efile_statutory == window.end + timedelta(days=window.days)
        assert after.efile_statutory == after.statutory and after.lapsed == window
        assert "due.lapsed" in {note.code for note in notes_on(rule, after)}


def test_a_year_whose_holidays_are_not_announced_is_said_so() -> None:
    assert not any(duty.due.unknown_year for duty in duties(2026).values() if duty.due.last.year == 2026)
    put_off = [duty for duty in duties(2027).values() if duty.rule.shift]
    assert put_off and all(duty.due.unknown_year for duty in put_off)


def test_every_month_and_year_has_its_duty_once_whatever_year_is_looked_at() -> None:
    years = [duties(year) for year in range(2024, 2029)]
    names = [name for year in years for name in year]
    assert len(names) == len(set(names))
    months = [f"{year}-{month:02d}" for year in range(2023, 2029) for month in range(1, 13)]
    for rule in ("pp30", "pnd1", "sso1-10"):
        found = sorted(name.split(".")[1] for name in names if name.startswith(f"{rule}."))
        assert found == months[months.index("2023-12") : months.index("2028-12")]
    assert sum(name.startswith("pnd50.") for name in names) == 5
    assert [name for name in names if name.startswith("liquor-renewal.")] == [
        f"liquor-renewal.{year}-05-05" for year in range(2026, 2029)
    ]


def test_a_meeting_recorded_moves_what_hangs_on_it_under_the_same_name() -> None:
    before, after = duties(2026), duties(2026, agm_on="2026-04-20")
    for name in ("boj5.2025-12-31", "fs.2025-12-31"):
        assert before[name].assumed and not after[name].assumed
        assert after[name].due.statutory < before[name].due.statutory
    assert before.keys() == after.keys()


def test_each_answer_decides_only_its_own_duties() -> None:
    everything = set(duties(2026))
    for answer, gone in (
        ({"vat": "no"}, {"pp30"}),
        ({"employees": "0"}, {"pnd1", "pnd1a", "sso1-10", "wcf", "wcf-wages", "wcf-balance", "welfare-fund",
                              "labour-survey", "wht50-year"}),
        ({"employees": "9"}, {"welfare-fund", "labour-survey"}),
        ({"provident_fund": "yes"}, {"welfare-fund"}),
        ({"place": "rent"}, {"land-tax"}),
        ({"juristic_kind": "limited-partnership"}, {"agm", "boj5", "fs"}),
    ):  # fmt: skip
        left = set(duties(2026, **answer))
        assert {name.split(".")[0] for name in everything - left} == gone, answer


def test_a_first_period_shorter_than_a_year_needs_no_half_year_return() -> None:
    assert not any(name.startswith("pnd51.") for name in duties(2026, registered_on="2026-02-03"))
    assert any(name.startswith("pnd51.") for name in duties(2027, registered_on="2026-02-03"))


def test_nothing_is_older_than_the_business() -> None:
    young = duties(2026, registered_on="2026-10-05")
    assert all(duty.due.statutory >= date(2026, 10, 5) for duty in young.values() if duty.period is not None)
    assert "pp30.2026-10" in young and "pp30.2026-09" not in young and "sign.2026" not in young


def test_what_is_not_known_is_asked_and_not_guessed() -> None:
    book, parameters = law()
    listing = list_duties(book, {}, 2026, Context(TODAY, parameters))
    assert listing.duties == () and listing.questions[0] == "kind"
    listing = list_duties(book, {"kind": "natural", "vat": "no"}, 2026, Context(TODAY, parameters))
    assert {duty.rule.id for duty in listing.duties} == {"pnd90", "pnd94"}
    assert "end_month" not in listing.questions and "pays_persons" not in listing.questions
    assert all(depends.questions for depends in listing.depends)


@settings(max_examples=25, derandomize=True)
@given(st.data())
def test_no_answer_at_all_breaks_the_list(data: st.DataObject) -> None:
    book, parameters = law()
    answers: dict[str, object] = {}
    for question in book.interview.questions:
        codes = [choice.code for choice in question.choices]
        values = {
            "choice": st.sampled_from(codes or ["x"]),
            "choices": st.lists(st.sampled_from(codes or ["x"]), unique=True),
            "yes-no": st.sampled_from(["yes", "no", True]),
            "number": st.integers(0, 400).map(str),
            "date": DAYS.map(date.isoformat),
        }[question.type]
        answers[question.id] = data.draw(st.one_of(st.none(), values, st.just("ผิดชนิด")))
    listing = list_duties(book, answers, 2026, Context(TODAY, parameters))  # type: ignore[arg-type]
    days = [duty.due.paper for duty in listing.duties]
    assert days == sorted(days) and all(day.year == 2026 for day in days)
    assert len({duty.id for duty in listing.duties}) == len(listing.duties)


def test_every_rule_can_be_counted_and_names_its_law() -> None:
    book, _ = law()
    for rule in book.rules:
        assert rule.law and rule.source and rule.form and rule.title.th and rule.title.en
        assert rule.since in PERIOD_DAYS or rule.since in book.events
