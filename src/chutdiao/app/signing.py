"""Signatures given one after another, kept with the draft, and void once the answers change."""

from collections.abc import Mapping
from dataclasses import dataclass

from chutdiao.app.ports import Draft, GivenSignature
from chutdiao.app.submit import check
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.canonical import digest
from chutdiao.domain.check import ROW, FormState, Signer, signature_problems, signer_key
from chutdiao.domain.problem import ChutdiaoError, Json, Problem
from chutdiao.domain.submission import DraftState, Signature


@dataclass(frozen=True, slots=True)
class SignedBy:
    """How one signatory signed; ``key`` is the signer's, ``picture`` the PNG of a drawn signature."""

    key: str
    method: str
    name: str
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who must sign a draft, the signatures that count, and those given for other answers."""

    signers: tuple[Signer, ...]
    given: Mapping[str, Signature]
    void: Mapping[str, Signature]

    @property
    def waiting(self) -> tuple[Signer, ...]:
        """Those who have not signed what the draft says now."""
        return tuple(who for who in self.signers if who.key not in self.given)


def signing(ws: Workspace, draft_id: str) -> Signing:
    """How far the signing of a draft is; reads only."""
    checked = check(ws, draft_id)
    return _standing(ws, checked.draft, checked.state)


def sign(ws: Workspace, draft_id: str, *signed: SignedBy) -> Signing | tuple[Problem, ...]:
    """Keep signatures under what the draft says now, each in place of an earlier one by the same person.

    All of them or, with the problems told, none.
    """
    checked = check(ws, draft_id)
    if checked.draft.state is DraftState.LOCKED:
        return (Problem("draft.locked", draft_id),)
    at = ws.clock.now().astimezone().isoformat(timespec="seconds")
    signers = {who.key: who for who in checked.state.signatories()}
    problems = [Problem("sign.nobody", one.key) for one in signed if one.key not in signers]
    known = [one for one in signed if one.key in signers]
    images = [ws.files.put(one.picture) if one.picture and one.method == "drawn" else "" for one in known]
    given = [
        Signature(one.key, one.method, one.name.strip(), at, image)
        for one, image in zip(known, images, strict=True)
    ]
    problems += signature_problems([signers[one.key] for one in known], given)
    if problems:
        return tuple(problems)
    content = _content(checked.state)
    for one in given:
        who = signers[one.role]
        ws.drafts.sign(
            GivenSignature(draft_id, who.role, who.row, one.kind, one.name, at, one.image, content)
        )
    return _standing(ws, checked.draft, checked.state)


def unsign(ws: Workspace, draft_id: str, key: str) -> Signing:
    """Take one signature back; raises ChutdiaoError where the draft was sent."""
    draft = ws.drafts.get(draft_id)
    if draft.state is DraftState.LOCKED:
        raise ChutdiaoError(Problem("draft.locked", draft_id))
    role, _, row = key.partition("[")
    ws.drafts.unsign(draft_id, role, row.removesuffix("]"))
    return signing(ws, draft_id)


def voided(ws: Workspace, draft_id: str) -> int:
    """How many signatures of a draft no longer count because its answers changed."""
    return len(signing(ws, draft_id).void) if ws.drafts.signatures(draft_id) else 0


def _standing(ws: Workspace, draft: Draft, state: FormState) -> Signing:
    content = _content(state)
    signers = state.signatories()
    keys = {who.key for who in signers}
    given: dict[str, Signature] = {}
    void: dict[str, Signature] = {}
    for held in ws.drafts.signatures(draft.id):
        key = signer_key(held.role, held.row)
        if key in keys:
            into = given if held.answers == content else void
            into[key] = Signature(key, held.kind, held.name, held.at, held.image)
    return Signing(signers, given, void)


def _content(state: FormState) -> str:
    """The digest of what is signed: the form and what was typed into it.

    Values that follow from others are left out, for some follow from the day alone.
    """
    computed = {spec.id: {c.id for c in spec.columns if c.value} for spec in state.form.fields()}
    typed = {spec.id for spec in state.form.fields() if not spec.value}
    answers: dict[str, Json] = {
        name: _without(value, computed[name]) for name, value in state.submitted().items() if name in typed
    }
    return digest({"form": state.form.digest, "answers": answers})


def _without(value: Json, computed: set[str]) -> Json:
    """Rows without their ids and computed cells; anything else as it is."""
    if not isinstance(value, list) or not any(isinstance(row, dict) and ROW in row for row in value):
        return value
    left = computed | {ROW}
    return [
        {name: cell for name, cell in row.items() if name not in left} if isinstance(row, dict) else row
        for row in value
    ]
