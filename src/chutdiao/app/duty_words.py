"""A duty in words: what, for which period or whom, and what must be said beside its days."""

from chutdiao.domain.dates import show_date
from chutdiao.domain.duty import Duty, period_text
from chutdiao.domain.duty.asking import EXPLAINED
from chutdiao.domain.problem import ProblemTexts
from chutdiao.domain.text import Language


def round_words(duty: Duty, language: Language) -> str:
    """The period, or the day of the event and whom it is about."""
    if duty.period is not None:
        return period_text(duty.period).to(language)
    day = show_date(duty.event, language) if duty.event is not None else ""
    return " · ".join(part for part in (duty.whose, day) if part)


def note_words(duty: Duty, texts: ProblemTexts, language: Language) -> tuple[str, ...]:
    """Every sentence beside the days: why they moved, conditions, doubts, then the duty's own note."""
    said = [texts.message(note, language) for note in duty.notes]
    own = duty.rule.note.to(language)
    return tuple(part for part in (*said, own) if part)


def doubtful(duty: Duty) -> bool:
    """Whether a day of the duty is unconfirmed, assumed or beyond what is known."""
    return any(note.code not in EXPLAINED for note in duty.notes)
