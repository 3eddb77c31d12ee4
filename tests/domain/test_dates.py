"""Dates as Thai people type them, and back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chutdiao.domain.dates import add_months, age_on, parse_date, read_iso, show_date, working_days
from chutdiao.domain.problem import Problem

TODAY = date(2026, 11, 23)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23/11/2569", "2026-11-23"),
        ("23/11/2026", "2026-11-23"),
        ("๒๓/๑๑/๒๕๖๙", "2026-11-23"),
        ("23-11-2569", "2026-11-23"),
        ("23.11.2569", "2026-11-23"),
        ("23 11 2569", "2026-11-23"),
        ("23112569", "2026-11-23"),
        ("2569-11-23", "2026-11-23"),
        ("2026-11-23", "2026-11-23"),
        ("23 พ.ย. 2569", "2026-11-23"),
        ("23 พย 2569", "2026-11-23"),
        ("23พ.ย.2569", "2026-11-23"),
        ("23 พฤศจิกายน พ.ศ. 2569", "2026-11-23"),
        ("23 พฤศจิกา 2569", "2026-11-23"),
        ("วันที่ 23 เดือน พฤศจิกายน พ.ศ.2569", "2026-11-23"),
        ("23 Nov 2026", "2026-11-23"),
        ("1 December 2026", "2026-12-01"),
        ("1 Dec 2026", "2026-12-01"),
        ("23/11/2569 พ.ศ.", "2026-11-23"),
        ("23/11/2026 ค.ศ.", "2026-11-23"),
        ("29/2/2567", "2024-02-29"),
        ("1 มิ.ย. 2500", "1957-06-01"),
        ("1 มี.ค. 2500", "1957-03-01"),
    ],
)
def test_read(text: str, expected: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "code", "mend"),
    [
        ("31 ก.พ. 2569", "date.no-such-day", "2026-02-28"),
        ("31/2/2567", "date.no-such-day", "2024-02-29"),
        ("31/4/2569", "date.no-such-day", "2026-04-30"),
        ("0/4/2569", "date.no-such-day", None),
        ("11/23/2569", "date.no-such-month", "2026-11-23"),
        ("50/50/2569", "date.no-such-month", None),
        ("23/11/69", "date.year-short", "2026-11-23"),
        ("23/11/95", "date.year-short", "1952-11-23"),
        ("23/11/2026 พ.ศ.", "date.era", "2026-11-23"),
        ("23/11/2569 ค.ศ.", "date.era", "2026-11-23"),
        ("23/11/256", "date.year-far", None),
        ("23/11/25699", "date.year-far", None),
        ("23 พฤหัส 2569", "date.month-name", None),
        ("พรุ่งนี้", "date.unreadable", None),
        ("", "date.unreadable", None),
    ],
)
def test_what_is_no_date_says_why(text: str, code: str, mend: str | None) -> None:
    found = parse_date(text, TODAY)
    assert isinstance(found, Problem)
    assert (found.code, found.mend) == (code, mend)


@given(days, st.sampled_from(["th", "en"]), st.booleans())
def test_what_is_shown_reads_back(day: date, language: str, long: bool) -> None:
    assert parse_date(show_date(day, language, long), TODAY) == day  # type: ignore[arg-type]
    assert parse_date(f"{day.day}/{day.month}/{day.year + 543}", TODAY) == day
    assert parse_date(day.isoformat(), TODAY) == day
    assert read_iso(day.isoformat()) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    assert isinstance(parse_date(text, TODAY), date | Problem)
    assert isinstance(read_iso(text), date | None)


@given(days, st.integers(-1200, 1200))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1
    assert then.day <= day.day


@given(days, st.integers(0, 400), st.sets(st.dates(date(1900, 1, 1), date(2200, 12, 31)), max_size=5))
def test_working_days_as_counted_one_by_one(start: date, length: int, holidays: set[date]) -> None:
    end = start + timedelta(days=length)
    each = (start + timedelta(days=step) for step in range(1, length + 1))
    assert working_days(start, end, holidays) == sum(d.weekday() < 5 and d not in holidays for d in each)
    assert working_days(end, start, holidays) == -working_days(start, end, holidays)


def test_ages() -> None:
    assert age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26
    assert age_on(date(2000, 11, 23), TODAY) == 26
