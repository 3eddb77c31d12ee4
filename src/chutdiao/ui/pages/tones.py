"""Which tone a state is said in."""

from chutdiao.domain.submission import CaseState, SubmissionState

CASE_TONES = {
    CaseState.REVIEWING: "info",
    CaseState.CORRECTION: "warn",
    CaseState.APPROVED: "ok",
    CaseState.ISSUED: "ok",
    CaseState.RETURNED: "bad",
    CaseState.REJECTED: "bad",
    CaseState.WITHDRAWN: "plain",
}
SENT_TONES = {
    SubmissionState.QUEUED: "warn",
    SubmissionState.SENDING: "info",
    SubmissionState.RECEIVED: "ok",
    SubmissionState.RECORDED: "info",
    SubmissionState.STOPPED: "bad",
}
