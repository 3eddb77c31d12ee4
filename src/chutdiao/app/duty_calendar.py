"""Duties as an iCalendar file: the same duty has the same UID at every export."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from chutdiao.app.duties import BusinessDuties
from chutdiao.app.duty_words import note_words, round_words
from chutdiao.app.workspace import Workspace
from chutdiao.domain.dates import show_date
from chutdiao.domain.duty import Duty
from chutdiao.domain.text import Language

if TYPE_CHECKING:
    from icalendar import Alarm, Event

# At nine in the morning, a week and a day before.
_ALARMS = (timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))
_WORDS: dict[Language, dict[str, str]] = {
    "th": {
        "name": "หน้าที่ของ", "practice": "ฝึกหัด", "paper": "กำหนด", "efile": "ทางอินเทอร์เน็ต",
        "law": "กฎหมาย", "agency": "หน่วยงาน",
    },
    "en": {
        "name": "Duties of", "practice": "PRACTICE", "paper": "Due", "efile": "Online",
        "law": "Law", "agency": "Agency",
    },
}  # fmt: skip


def calendar_of(ws: Workspace, found: BusinessDuties, language: Language = "th") -> bytes:
    """All-day events on the paper day of each duty, with alarms for what is not done yet.

    The same facts give the same bytes: no event carries the time of the export.
    """
    from icalendar import Calendar

    words = _WORDS[language]
    mark = f"[{words['practice']}] " if ws.practice else ""
    calendar = Calendar()
    calendar.add("prodid", f"-//Chutdiao//Duties//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"{mark}{words['name']}{found.business.name}")
    for duty in found.listing.duties:
        calendar.add_component(_event(ws, found, duty, language, mark))
    return bytes(calendar.to_ical())


def uid_of(business: str, duty: Duty) -> str:
    """The name an event keeps for ever."""
    return f"{duty.id}.{business}@duties.chutdiao"


def _event(ws: Workspace, found: BusinessDuties, duty: Duty, language: Language, mark: str) -> "Event":
    from icalendar import Event

    event = Event()
    title = " · ".join(part for part in (duty.rule.title.to(language), round_words(duty, language)) if part)
    event.add("uid", uid_of(found.business.id, duty))
    event.add("dtstamp", datetime.combine(duty.rule.checked_on, time(), UTC))
    event.add("dtstart", duty.due.paper)
    event.add("dtend", duty.due.paper + timedelta(days=1))
    event.add("summary", f"{mark}{title}", parameters={"LANGUAGE": language})
    event.add("description", _description(ws, found, duty, language))
    event.add("categories", [found.agency(duty).to(language)])
    event.add("transp", "TRANSPARENT")
    if duty.id not in found.done:
        for before in _ALARMS:
            event.add_component(_alarm(before, title))
    return event


def _alarm(before: timedelta, title: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", before)
    return alarm


def _description(ws: Workspace, found: BusinessDuties, duty: Duty, language: Language) -> str:
    words, due = _WORDS[language], duty.due
    lines = [f"{words['paper']}: {show_date(due.paper, language, long=True)}"]
    if due.efile is not None:
        lines.append(f"{words['efile']}: {show_date(due.efile, language, long=True)}")
    lines.append(f"{words['agency']}: {found.agency(duty).to(language)}")
    lines.append(f"{words['law']}: {duty.rule.law}")
    return "\n".join((*lines, *note_words(duty, ws.texts, language)))
