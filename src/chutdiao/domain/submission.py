"""Three things and their states: a draft, a submission, and the agency's case."""

from dataclasses import dataclass
from enum import StrEnum


class DraftState(StrEnum):
    """``locked`` once it was sent or recorded: only a correction opens it again."""

    EDITING = "editing"
    READY = "ready"
    LOCKED = "locked"


class SubmissionState(StrEnum):
    """``received`` only after a receipt verified; ``recorded`` is the user's own word."""

    QUEUED = "queued"
    SENDING = "sending"
    RECEIVED = "received"
    RECORDED = "recorded"
    STOPPED = "stopped"


class CaseState(StrEnum):
    """Where the agency's case stands; issued, returned, rejected and withdrawn end it."""

    REVIEWING = "reviewing"
    CORRECTION = "correction"
    APPROVED = "approved"
    ISSUED = "issued"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_SUBMISSION_STEPS = {
    SubmissionState.QUEUED: {SubmissionState.SENDING, SubmissionState.STOPPED, SubmissionState.RECORDED},
    SubmissionState.SENDING: {SubmissionState.QUEUED, SubmissionState.RECEIVED, SubmissionState.STOPPED},
    SubmissionState.STOPPED: {SubmissionState.QUEUED, SubmissionState.RECORDED},
    SubmissionState.RECEIVED: set(),
    SubmissionState.RECORDED: set(),
}
_ENDED = {CaseState.ISSUED, CaseState.RETURNED, CaseState.REJECTED, CaseState.WITHDRAWN}
_CASE_STEPS = {
    CaseState.REVIEWING: set(CaseState) - {CaseState.REVIEWING, CaseState.ISSUED},
    CaseState.CORRECTION: {CaseState.REVIEWING, CaseState.RETURNED, CaseState.WITHDRAWN},
    CaseState.APPROVED: {CaseState.ISSUED},
}


def may_become(now: SubmissionState, then: SubmissionState) -> bool:
    """Whether a submission may go from one state to another."""
    return then in _SUBMISSION_STEPS[now]


def case_may_become(now: CaseState, then: CaseState) -> bool:
    """Whether an agency's case may go from one state to another."""
    return now not in _ENDED and then in _CASE_STEPS[now]


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file by its content: ``field`` is the answer it belongs to."""

    field: str
    sha256: str
    name: str
    size: int
    type: str


@dataclass(frozen=True, slots=True)
class Signature:
    """How one signatory signed: typed, drawn (image by digest) or on paper."""

    role: str
    kind: str
    name: str
    at: str
    image: str = ""
