"""Working days, statutory clocks and years whose holidays are not known."""

from datetime import date

from chutdiao.domain.deadline import Pause, StatutoryClock, count_from, is_working_day, working_days_between
from chutdiao.domain.parameters import Parameters


def test_working_days_pass_weekends_and_holidays(parameters: Parameters) -> None:
    due = count_from(date(2026, 12, 3), 3, "working-days", parameters)
    assert due.day == date(2026, 12, 9)
    assert not due.unknown_year
    assert not is_working_day(date(2026, 12, 7), parameters)
    assert is_working_day(date(2026, 5, 1), parameters)
    assert count_from(date(2026, 12, 3), 3, "days", parameters).day == date(2026, 12, 6)


def test_a_year_not_yet_announced_is_said(parameters: Parameters) -> None:
    assert count_from(date(2026, 12, 28), 5, "working-days", parameters).unknown_year
    assert 2027 not in parameters.holiday_years


def test_days_between_count_both_ways(parameters: Parameters) -> None:
    assert working_days_between(date(2026, 12, 3), date(2026, 12, 9), parameters) == 3
    assert working_days_between(date(2026, 12, 9), date(2026, 12, 3), parameters) == -3
    assert working_days_between(date(2026, 12, 3), date(2026, 12, 3), parameters) == 0


def test_the_clock_runs_stands_and_runs_out(parameters: Parameters) -> None:
    clock = StatutoryClock(date(2026, 11, 23), 7)
    now = clock.at(date(2026, 11, 25), parameters)
    assert (now.used, now.left, now.due, now.overdue) == (2, 5, date(2026, 12, 2), False)
    late = clock.at(date(2026, 12, 3), parameters)
    assert (late.overdue, late.left, late.next_notice) == (True, -1, date(2026, 12, 9))
    assert clock.at(date(2026, 12, 20), parameters, ended=date(2026, 12, 1)).overdue is False


def test_a_pause_moves_the_due_day_on(parameters: Parameters) -> None:
    clock = StatutoryClock(date(2026, 11, 23), 7, pauses=(Pause(date(2026, 11, 25), date(2026, 11, 27)),))
    assert clock.at(date(2026, 11, 30), parameters).due == date(2026, 12, 4)
    open_clock = StatutoryClock(date(2026, 11, 23), 7, pauses=(Pause(date(2026, 11, 25)),))
    state = open_clock.at(date(2026, 12, 30), parameters)
    assert state.paused
    assert not state.overdue
    assert state.used == 1


def test_a_clock_in_calendar_days(parameters: Parameters) -> None:
    state = StatutoryClock(date(2026, 11, 23), 30, "days").at(date(2026, 12, 23), parameters)
    assert (state.used, state.left, state.due) == (30, 0, date(2026, 12, 23))
    assert not state.unknown_year
