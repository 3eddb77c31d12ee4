"""What must be filed for events that were written down, as duties of the calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chutdiao.app.events import Happened, happened, plan_of
from chutdiao.app.workspace import Workspace
from chutdiao.domain.duty import Duty, Listing
from chutdiao.domain.life.planning import PlannedFiling, rule_of
from chutdiao.domain.problem import ChutdiaoError

_EVENT = "event."


@dataclass(frozen=True, slots=True)
class EventDuties:
    """The filings due in a year, those of them done with the event's day, and the forms for them."""

    duties: tuple[Duty, ...]
    done: Mapping[str, str]
    forms: Mapping[str, str]

    def added_to(self, listing: Listing) -> Listing:
        """The listing with these among its duties; one already listed for the same form and day stands."""
        told = {(duty.rule.form, duty.due.paper) for duty in listing.duties}
        more = [duty for duty in self.duties if (duty.rule.form, duty.due.paper) not in told]
        duties = sorted((*listing.duties, *more), key=lambda duty: (duty.due.paper, duty.due.last, duty.id))
        return replace(listing, duties=tuple(duties)) if more else listing


def is_event(duty: str) -> bool:
    """Whether a duty's id is that of an event's filing: ``event.<happened>.<filing>``."""
    return duty.startswith(_EVENT)


def event_duties(ws: Workspace, business_id: str, year: int) -> EventDuties:
    """What the events of a business must be filed for in a year of the Common Era."""
    duties: list[Duty] = []
    done: dict[str, str] = {}
    forms: dict[str, str] = {}
    for one in happened(ws, business_id):
        try:
            plan = plan_of(ws, business_id, one.event, one.day, one.answers)
        except ChutdiaoError:
            continue  # an event that this program no longer knows is told of on its own page
        for planned in plan.filings:
            if planned.due is None or planned.due.paper.year != year:
                continue
            duty = _duty(one, planned)
            duties.append(duty)
            if planned.filing.id in one.done:
                done[duty.id] = one.day.isoformat()
            if planned.filing.form:
                forms[duty.rule.id] = planned.filing.form
    return EventDuties(tuple(duties), done, forms)


def _duty(one: Happened, planned: PlannedFiling) -> Duty:
    filing, due = planned.filing, planned.due
    assert due is not None
    name = filing.form_name.th or filing.title.th
    rule = replace(rule_of(filing), id=f"{_EVENT}{filing.id}", code="", form=name)
    notes = tuple(note for note in planned.notes if note.code != "event.late")
    return Duty(f"{_EVENT}{one.id}.{filing.id}", rule, due, event=one.day, notes=notes)
