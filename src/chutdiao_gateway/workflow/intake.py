"""Taking a submission in: once, whole, and only when it keeps the law."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict

from chutdiao.contracts.amendment import changed_places, outside
from chutdiao.contracts.canonical import canonical, digest_of, read_json
from chutdiao.contracts.envelope import Envelope, read_envelope
from chutdiao.contracts.problem_details import ProblemDetails
from chutdiao.contracts.receipts import ReceiptFacts, sign_receipt
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.submission import CaseState
from chutdiao_gateway.storage import cases
from chutdiao_gateway.storage.files import file_size
from chutdiao_gateway.storage.intake import (
    Answer,
    InFlightError,
    OtherBodyError,
    claim,
    keep_answer,
    release,
)
from chutdiao_gateway.workflow.agency import Gateway

_TITLES = {
    "not-an-envelope": (422, "The body is not a submission"),
    "key-mismatch": (422, "The idempotency key is not the submission's id"),
    "key-reused": (422, "The idempotency key was used with another body"),
    "in-flight": (409, "The same submission is being worked on"),
    "files-missing": (424, "Attachments must be uploaded first"),
    "refused": (422, "The submission does not keep the rules of its form"),
    "amendment-refused": (422, "The correction is not the one that was asked for"),
}


def take_in(gateway: Gateway, holder: str, key: str, body: bytes) -> Answer:
    """Answer one POST of a submission; the same key and body always get the same answer."""
    try:
        value = read_json(body)
        envelope = read_envelope(value)
    except ChutdiaoError as error:
        return _refusal("not-an-envelope", error.problems)
    if envelope.id != key:
        return _refusal("key-mismatch", [Problem("envelope.key", "id")])
    text = canonical(value)
    try:
        done = claim(gateway.database, key, holder, digest_of(text))
    except InFlightError:
        return _refusal("in-flight")
    except OtherBodyError:
        return _refusal("key-reused", [Problem("envelope.key-reused", "id")])
    if done is not None:
        return done
    try:
        return _work(gateway, holder, envelope, text)
    except BaseException:
        release(gateway.database, key)
        raise


def _work(gateway: Gateway, holder: str, envelope: Envelope, text: bytes) -> Answer:
    missing = [
        Problem("envelope.file-missing", f.field, {"name": f.name})
        for f in envelope.files
        if file_size(gateway.database, holder, f.sha256) != f.size
    ]
    if missing:
        release(gateway.database, envelope.id)
        return _refusal("files-missing", missing)
    problems = _practice_problems(gateway, envelope)
    problems = problems or gateway.judge.problems(envelope, gateway.now().date())
    if problems:
        return _kept(gateway, envelope.id, _refusal("refused", problems))
    if envelope.amends:
        problems = _amendment_problems(gateway, holder, envelope)
        if problems:
            return _kept(gateway, envelope.id, _refusal("amendment-refused", problems))
    return _register(gateway, holder, envelope, text)


def _register(gateway: Gateway, holder: str, envelope: Envelope, text: bytes) -> Answer:
    moment = gateway.moment()
    prefix = "PRACTICE" if gateway.practice else "REG"
    number = f"{prefix}-{gateway.now().year + 543}-{cases.next_number(gateway.database):06d}"
    case = envelope.case or f"case-{secrets.token_hex(8)}"
    facts = ReceiptFacts(
        submission=envelope.id,
        digest=digest_of(text),
        case=case,
        number=number,
        received_at=moment,
        agency=envelope.agency,
        practice=gateway.practice,
    )
    answer = Answer(201, json.dumps({"receipt": sign_receipt(facts, gateway.key), **asdict(facts)}))
    item = cases.Registered(envelope, text.decode(), facts.digest, case, number, moment)
    cases.register(gateway.database, holder, item, answer)
    return answer


def _practice_problems(gateway: Gateway, envelope: Envelope) -> list[Problem]:
    if envelope.practice == gateway.practice:
        return []
    return [Problem("envelope.practice", "practice")]


def _amendment_problems(gateway: Gateway, holder: str, envelope: Envelope) -> list[Problem]:
    case = cases.find_case(gateway.database, envelope.case)
    if case is None or case.holder != holder:
        return [Problem("amendment.case", "case", {"case": envelope.case})]
    if case.state is not CaseState.CORRECTION:
        return [Problem("amendment.not-asked", "case", {"state": case.state.value})]
    held = cases.envelope_text(gateway.database, case.submission)
    if held is None or envelope.amends != case.submission:
        return [Problem("amendment.other", "amends", {"submission": case.submission})]
    before = read_envelope(read_json(held.encode()))
    fixed = ("business", "service", "form", "agency", "authority")
    problems = [
        Problem("amendment.closed", name, {"place": name})
        for name in fixed
        if getattr(before, name) != getattr(envelope, name)
    ]
    form = gateway.judge.form(envelope)
    computed = frozenset() if isinstance(form, Problem) else gateway.judge.computed(form)
    changed = changed_places(before.answers, envelope.answers)
    closed = outside(changed, {*case.open_fields, *computed})
    return problems + [Problem("amendment.closed", place, {"place": place}) for place in closed]


def _refusal(name: str, problems: Sequence[Problem] = ()) -> Answer:
    status, title = _TITLES[name]
    details = ProblemDetails(f"urn:chutdiao:problem:{name}", title, status, problems=tuple(problems))
    return Answer(status, json.dumps(details.to_json(), ensure_ascii=False))


def _kept(gateway: Gateway, key: str, answer: Answer) -> Answer:
    keep_answer(gateway.database, key, answer)
    return answer
