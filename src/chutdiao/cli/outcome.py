"""How a computed result is printed: money as text with two decimals, dates in both eras, the working."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chutdiao.domain.dates import BUDDHIST, show_date
from chutdiao.domain.money import format_money, round_to
from chutdiao.domain.problem import Json, ProblemTexts
from chutdiao.domain.tax.working import Working
from chutdiao.domain.text import Language

Value = Decimal | date | str | int | bool | None | Mapping[str, "Value"] | list["Value"]


def money_text(value: Decimal) -> str:
    """An amount as the command line gives it: ``1250.50``, two decimals, no separators."""
    return f"{round_to(value, 'satang'):f}"


def be_text(day: date) -> str:
    """A day as ISO with its Buddhist year: ``2569-07-15``."""
    return f"{day.year + BUDDHIST:04d}-{day.month:02d}-{day.day:02d}"


def step_text(value: Decimal | date) -> str:
    """The value of one step: a number without separators, or a day as ISO."""
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def _step_shown(value: Decimal | date, language: Language) -> str:
    return show_date(value, language) if isinstance(value, date) else f"{value:,f}"


def as_json(
    result: Mapping[str, Value], working: Working, texts: ProblemTexts, language: Language
) -> dict[str, Json]:
    """The result with ``warnings`` and ``working``; each date ``d`` has a twin ``d_be``."""
    found = _object(result)
    found["warnings"] = texts.as_json(working.warnings, language)
    found["working"] = [
        {
            "step": step.say.to(language),
            "value": step_text(step.value),
            "parameter": step.parameter,
            "source": step.source,
        }
        for step in working.steps
    ]
    return found


def _object(values: Mapping[str, Value]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in values.items():
        found[key] = _plain(value)
        if isinstance(value, date):
            found[f"{key}_be"] = be_text(value)
    return found


def _plain(value: Value) -> Json:
    if isinstance(value, Decimal):
        return money_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def print_outcome(
    result: Mapping[str, Value], working: Working, texts: ProblemTexts, language: Language
) -> None:
    """Print the result for a reader, then how it was reached, then what is doubtful."""
    for key, value in result.items():
        print(f"{key}: {_shown(value, language)}")
    if working.steps:
        print("\nวิธีคิด" if language == "th" else "\nWorking")
    for step in working.steps:
        source = f"  [{step.source}]" if step.source else ""
        print(f"  {step.say.to(language)}: {_step_shown(step.value, language)}{source}")
    for warning in working.warnings:
        print(f"! {texts.message(warning, language)} — {texts.cure(warning, language)}")


def _shown(value: Value, language: Language) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        yes, no = ("ใช่", "ไม่ใช่") if language == "th" else ("yes", "no")
        return yes if value else no
    if isinstance(value, Decimal):
        return format_money(value)
    if isinstance(value, date):
        return show_date(value, language)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(item, language)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(_shown(item, language) for item in value)
    return str(value)
