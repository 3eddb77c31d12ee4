"""Days and times as they are shown on pages."""

from chutdiao.app.following import thai_time
from chutdiao.domain.dates import show_date
from chutdiao.ui.desk import Desk


def moment(desk: Desk, at: str) -> str:
    """A stored time as day and clock time; nothing for nothing."""
    if not at:
        return ""
    when = thai_time(at)
    day = show_date(when.date(), desk.language)
    return f"{day} {when:%H:%M}" if "T" in at else day


def when_day(desk: Desk, at: str) -> str:
    """A stored time or day as a long day; nothing for nothing."""
    return show_date(thai_time(at).date(), desk.language, long=True) if at else ""
