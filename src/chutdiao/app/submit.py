"""Pressing send: check everything, freeze it, and put it in the outbox in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from chutdiao.app.opened import agency_name, known_code
from chutdiao.app.ports import Draft, Submission
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.amendment import changed_places, outside
from chutdiao.contracts.canonical import canonical, digest_of, read_json
from chutdiao.contracts.envelope import Applicant, Envelope, FormName, read_envelope
from chutdiao.domain.check import Context, FormState, evaluate, signature_problems
from chutdiao.domain.form import Field, FieldType, FormSpec
from chutdiao.domain.problem import ChutdiaoError, Json, Level, Problem
from chutdiao.domain.submission import DraftState, FileRef, Signature, SubmissionState

LOCAL = "local-authority"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft checked in full: ``state`` and every problem that stops it."""

    draft: Draft
    form: FormSpec
    state: FormState
    problems: tuple[Problem, ...]


def submit(ws: Workspace, draft_id: str, signatures: Sequence[Signature]) -> Submission | tuple[Problem, ...]:
    """Freeze a draft for the agency's own intake and queue it; else say what stops it."""
    checked = check(ws, draft_id)
    agency = agency_id(checked.form)
    problems = list(checked.problems) + signature_problems(checked.state.signatories(), signatures)
    if agency not in ws.connectors or "api" not in checked.form.channels:
        problems.append(Problem("submit.no-channel", values={"agency": agency}))
    problems += _file_problems(ws, checked)
    problems += _correction_problems(ws, checked)
    if problems:
        return tuple(problems)
    return ws.outbox.append(_freeze(ws, checked, "api", signatures))


def record(
    ws: Workspace,
    draft_id: str,
    channel: str,
    number: str,
    on: str,
    scan: str = "",
    signatures: Sequence[Signature] = (),
) -> Submission:
    """Keep the user's own word that this was filed by portal, paper or file; ``scan`` is a file's SHA-256.

    Raises ChutdiaoError where there is no number, no day, or the draft is locked.
    """
    checked = check(ws, draft_id)
    missing = [name for name, value in (("number", number), ("on", on)) if not value.strip()]
    if missing:
        raise ChutdiaoError(*[Problem("record.missing", name, {"part": name}) for name in missing])
    locked = [p for p in checked.problems if p.code == "submit.locked"]
    if locked:
        raise ChutdiaoError(*locked)
    held = ws.outbox.append(_freeze(ws, checked, channel, signatures))
    ws.outbox.record(held.id, number.strip(), on, scan)
    return ws.outbox.get(held.id)


def check(ws: Workspace, draft_id: str) -> Checked:
    """Check a draft in full, as the agency will."""
    draft = ws.drafts.get(draft_id)
    form = ws.shelf.load(draft.form, draft.version)
    context = Context(ws.clock.now().date(), ws.parameters)
    state = evaluate(form, dict(draft.answers), context, draft.unsure, known_code(ws))
    problems = [p for p in state.problems if p.level is Level.STOP]
    if draft.state is DraftState.LOCKED:
        problems.insert(0, Problem("submit.locked"))
    if draft.digest and draft.digest != form.digest:
        problems.insert(0, Problem("submit.other-form", values={"form": form.id, "version": form.version}))
    return Checked(draft, form, state, tuple(problems))


def agency_id(form: FormSpec) -> str:
    """The id of the agency a form goes to; any local authority is one kind of agency."""
    return LOCAL if form.agency.startswith("local_authority(") else form.agency


def has_channel(ws: Workspace, form: FormSpec) -> bool:
    """Whether this profile can send a form to its agency directly."""
    return "api" in form.channels and agency_id(form) in ws.connectors


def _freeze(ws: Workspace, checked: Checked, channel: str, signatures: Sequence[Signature]) -> Submission:
    draft, form = checked.draft, checked.form
    now = ws.clock.now().astimezone().isoformat(timespec="seconds")
    answers = checked.state.submitted()
    files = (*file_refs(form, answers), *_signature_files(ws, signatures))
    envelope = Envelope(
        id=str(uuid4()),
        business=_applicant(ws, draft.business),
        service=form.service,
        form=FormName(form.id, form.version, form.digest),
        agency=agency_id(form),
        authority=agency_name(ws, form.agency, draft.answers).th,
        channel=channel,
        answers=answers,
        files=files,
        signatures=tuple(signatures),
        created_at=now,
        practice=ws.practice,
        amends=draft.amends if channel == "api" else "",
        case=_case_of(ws, draft) if channel == "api" else "",
    )
    if envelope.amends:
        envelope = _as_before(ws, envelope)
    text = canonical(envelope.to_json())
    return Submission(
        id=envelope.id,
        sequence=0,
        business=draft.business,
        draft=draft.id,
        step=draft.step,
        form=form.id,
        version=form.version,
        agency=envelope.agency,
        channel=channel,
        state=SubmissionState.QUEUED,
        envelope=text.decode(),
        digest=digest_of(text),
        files=files,
        queued_at=now,
        due_at="",
        case=envelope.case,
    )


def _as_before(ws: Workspace, envelope: Envelope) -> Envelope:
    """A correction keeps who asked and whom, even where the profile changed meanwhile."""
    before = _held(ws, envelope.amends)
    return replace(envelope, business=before.business, service=before.service, authority=before.authority)


def _held(ws: Workspace, submission: str) -> Envelope:
    return read_envelope(read_json(ws.outbox.get(submission).envelope.encode()))


def _case_of(ws: Workspace, draft: Draft) -> str:
    """The case a correction belongs to; the feed may have told of it before any receipt came through."""
    if not draft.amends:
        return ""
    found = (case.id for case in ws.cases.all(draft.business) if draft.amends in case.submissions)
    return ws.outbox.get(draft.amends).case or next(found, "")


def _applicant(ws: Workspace, business_id: str) -> Applicant:
    business = ws.businesses.get(business_id)
    kind = "natural"
    for subject in ws.facts.subjects(business_id, "business"):
        fact = ws.facts.read(subject).get("business.kind")
        kind = str(fact.value) if fact else kind
    return Applicant(kind, business.name)


def _file_problems(ws: Workspace, checked: Checked) -> list[Problem]:
    problems = []
    for ref in file_refs(checked.form, checked.state.submitted()):
        try:
            whole = digest_of(ws.files.read(ref.sha256)) == ref.sha256
        except ChutdiaoError:
            whole = False
        if not whole:
            problems.append(Problem("file.gone", ref.field, {"name": ref.name}))
    return problems


def _correction_problems(ws: Workspace, checked: Checked) -> list[Problem]:
    draft = checked.draft
    if not draft.amends:
        return []
    computed = {f.id for f in checked.form.fields() if f.value}
    before = _held(ws, draft.amends)
    changed = changed_places(before.answers, checked.state.submitted())
    closed = outside(changed, {*draft.open_fields, *computed})
    return [Problem("correction.closed", place, {"place": place}) for place in closed]


def _signature_files(ws: Workspace, signatures: Sequence[Signature]) -> list[FileRef]:
    return [
        FileRef(
            f"signature:{s.role}",
            s.image,
            f"{s.role.partition('[')[0]}.png",
            len(ws.files.read(s.image)),
            "image/png",
        )
        for s in signatures
        if s.image
    ]


def file_refs(form: FormSpec, answers: Mapping[str, Json]) -> tuple[FileRef, ...]:
    """The files that answers name, with the place each belongs to."""
    return tuple(_refs(form.fields(), answers, ""))


def _refs(fields: Iterable[Field], answers: Mapping[str, Json], prefix: str) -> Iterable[FileRef]:
    for field in fields:
        value = answers.get(field.id)
        if not isinstance(value, list):
            continue
        for item in value:
            if not isinstance(item, dict):
                continue
            if field.type is FieldType.FILE:
                yield _ref(prefix + field.id, item)
            elif field.type is FieldType.TABLE:
                yield from _refs(field.columns, item, f"{field.id}[{item.get('_row')}].")


def _ref(place: str, item: Mapping[str, Json]) -> FileRef:
    size = item.get("size")
    return FileRef(
        place,
        str(item.get("sha256", "")),
        str(item.get("name", "")),
        size if isinstance(size, int) else 0,
        str(item.get("type", "")),
    )
