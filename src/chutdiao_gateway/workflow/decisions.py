"""What an officer decides about a case, and the document that ends it."""

from collections.abc import Sequence

from chutdiao.contracts.canonical import read_json
from chutdiao.contracts.envelope import Envelope, read_envelope
from chutdiao.contracts.receipts import sign_document
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import CaseState, case_may_become
from chutdiao.pdf.licence import licence_pdf
from chutdiao_gateway.storage import cases
from chutdiao_gateway.storage.cases import CaseRow, News
from chutdiao_gateway.workflow.agency import Gateway
from chutdiao_gateway.workflow.licence import licence_facts


def ask_correction(gateway: Gateway, case: CaseRow, fields: Sequence[str], reason: str) -> None:
    """Ask the applicant to correct exactly the fields named."""
    envelope = _envelope(gateway, case)
    form = gateway.judge.form(envelope)
    known = set() if isinstance(form, Problem) else {f.id for f in form.fields()}
    unknown = [name for name in fields if name.split("[")[0].split(".")[0] not in known]
    if not fields or unknown:
        raise ChutdiaoError(
            *[Problem("officer.unknown-field", name, {"field": name}) for name in unknown or [""]]
        )
    # A second request after the papers were complete is against the Facilitation Act 2558 s. 8.
    details = {"after_complete": "yes"} if case.complete else {}
    news = News("correction", gateway.moment(), reason, tuple(fields), details)
    _move(gateway, case, CaseState.CORRECTION, [news], case.complete)


def declare_complete(gateway: Gateway, case: CaseRow) -> None:
    """Say that nothing is missing: the statutory clock starts."""
    if case.state is not CaseState.REVIEWING or case.complete:
        raise _not_now(case, "complete")
    cases.decide(gateway.database, case, case.state, [News("complete", gateway.moment())], True)


def approve(gateway: Gateway, case: CaseRow) -> None:
    """Approve; a case never declared complete becomes complete with it."""
    moment = gateway.moment()
    news = [] if case.complete else [News("complete", moment)]
    _move(gateway, case, CaseState.APPROVED, [*news, News("approved", moment)], True)


def issue(gateway: Gateway, case: CaseRow) -> None:
    """Make the licence, sign it and end the case."""
    envelope = _envelope(gateway, case)
    form = gateway.judge.form(envelope)
    if isinstance(form, Problem):
        raise ChutdiaoError(form)
    day = gateway.now().date()
    facts = licence_facts(gateway.judge, form, envelope, case, day)
    pdf = licence_pdf(facts, practice=gateway.practice)
    details = {"licence_number": facts["number"], "issued_on": day.isoformat()}
    news = News("issued", gateway.moment(), details=details)
    signature = sign_document(pdf, gateway.key)
    _move(gateway, case, CaseState.ISSUED, [news], case.complete, (pdf, signature))


def close(gateway: Gateway, case: CaseRow, state: CaseState, reason: str) -> None:
    """Return or reject a case, with the reason."""
    _move(gateway, case, state, [News(state.value, gateway.moment(), reason)], case.complete)


def _move(
    gateway: Gateway,
    case: CaseRow,
    state: CaseState,
    news: Sequence[News],
    complete: bool,
    licence: tuple[bytes, str] | None = None,
) -> None:
    if not case_may_become(case.state, state):
        raise _not_now(case, state.value)
    cases.decide(gateway.database, case, state, news, complete, licence)


def _not_now(case: CaseRow, wanted: str) -> ChutdiaoError:
    return ChutdiaoError(Problem("officer.not-now", case.id, {"state": case.state.value, "wanted": wanted}))


def _envelope(gateway: Gateway, case: CaseRow) -> Envelope:
    held = cases.envelope_text(gateway.database, case.submission)
    if held is None:
        raise ChutdiaoError(Problem("officer.unknown-case", case.id))
    return read_envelope(read_json(held.encode()))
