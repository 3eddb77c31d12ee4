"""Keeping what was entered: copies of everything, one business out and in, and its erasure."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from chutdiao.app.ports import Business
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import SubmissionState
from chutdiao.domain.text import arabic_digits, search_key

_NUMBERS, _NUMBER = ("business.tax_id", "business.juristic_id"), 13
LAST_BACKUP = "keep.last-backup"
_UNSENT = (SubmissionState.QUEUED, SubmissionState.SENDING)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What erasing a business would take away; ``unsent`` has not reached its agency."""

    drafts: int
    submissions: int
    unsent: int
    cases: int
    documents: int


def backup(ws: Workspace, path: str) -> Mapping[str, str]:
    """Write everything of the profile at ``path``, still encrypted."""
    written = ws.keeper.backup(path)
    with suppress(ChutdiaoError):  # a full disk does not take the date, and the copy is whole all the same
        ws.settings.write(LAST_BACKUP, written["made_at"])
    return written


def find_business(ws: Workspace, wanted: str) -> Business:
    """The business with this id, name or tax number; raises where none or several answer to it."""
    businesses = ws.businesses.all()
    by_id = [one for one in businesses if one.id == wanted]
    found = by_id or [one for one in businesses if search_key(one.name) == search_key(wanted)]
    found = found or _by_number(ws, businesses, wanted)
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.name} ({one.id})" for one in found or businesses)
    code = "keep.which-business" if found else "keep.no-business"
    raise ChutdiaoError(Problem(code, values={"wanted": wanted, "known": names or "-"}))


def _by_number(ws: Workspace, businesses: Sequence[Business], wanted: str) -> list[Business]:
    number = arabic_digits(wanted).replace("-", "").replace(" ", "")
    if len(number) != _NUMBER or not number.isdigit():
        return []
    found: list[Business] = []
    for business in businesses:
        for subject in ws.facts.subjects(business.id, "business")[:1]:
            facts = ws.facts.read(subject)
            if any(name in facts and facts[name].value == number for name in _NUMBERS):
                found.append(business)
    return found


def export_business(ws: Workspace, business: str, path: str, secret: str = "") -> Mapping[str, str]:
    """Write one business at ``path``, sealed with ``secret`` or else the profile's recovery code."""
    written = ws.keeper.export(business, path, secret or ws.keeper.recovery_code())
    return {**written, "sealed_with": "passphrase" if secret else "recovery-code"}


def import_business(ws: Workspace, path: str, secret: str = "") -> Mapping[str, str]:
    """Read one exported business, opened with ``secret`` or else the profile's recovery code."""
    return ws.keeper.import_(path, secret or ws.keeper.recovery_code())


def holdings(ws: Workspace, business: str) -> Holdings:
    """What erasing would take away, to be shown before it is asked for."""
    submissions = ws.outbox.all(business)
    return Holdings(
        drafts=len(ws.drafts.for_business(business)),
        submissions=len(submissions),
        unsent=sum(one.state in _UNSENT for one in submissions),
        cases=len(ws.cases.all(business)),
        documents=len(ws.files.documents(business)),
    )


def erase_business(ws: Workspace, business: str) -> int:
    """Remove everything of a business, also from the profile's own copies; the rows removed."""
    return ws.businesses.erase(business)
