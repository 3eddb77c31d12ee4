"""An officer who follows a script: asks for one correction, approves, issues."""

import threading
from dataclasses import dataclass

from chutdiao.contracts.canonical import read_json
from chutdiao.contracts.envelope import read_envelope
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import CaseState
from chutdiao_gateway.storage import cases
from chutdiao_gateway.storage.cases import CaseRow, StaleCaseError
from chutdiao_gateway.workflow import decisions
from chutdiao_gateway.workflow.agency import Gateway

_PAUSE = 0.2
_REASON = "โปรดตรวจและแก้ไขข้อมูลในช่องนี้ให้ตรงกับเอกสาร (ฝึกหัด)"


class OfficerScriptError(ValueError):
    """The script cannot be read."""


@dataclass(frozen=True, slots=True)
class Script:
    """``correct`` is the field asked to be corrected once; ``approve`` ends in a licence."""

    correct: tuple[str, ...] = ()
    approve: bool = False
    reject: bool = False


def parse_script(text: str) -> Script:
    """Read ``scripted:correct=<field>,approve``; several fields are joined by ``+``.

    Without steps the officer approves whatever keeps the law.
    """
    kind, _, steps = text.partition(":")
    if kind != "scripted":
        raise OfficerScriptError(f"unknown officer {kind!r}; scripted:correct=<field>,approve")
    correct: tuple[str, ...] = ()
    words = set()
    for step in filter(None, (part.strip() for part in steps.split(","))):
        name, _, value = step.partition("=")
        if name == "correct" and value:
            correct = tuple(value.split("+"))
        elif step in ("approve", "reject"):
            words.add(step)
        else:
            raise OfficerScriptError(f"unknown step {step!r}; correct=<field>, approve, reject")
    return Script(correct, "approve" in words or not steps.strip(), "reject" in words)


class ScriptedOfficer:
    """Looks at every open case again and again and does the next thing in the script."""

    def __init__(self, gateway: Gateway, script: Script) -> None:
        self._gateway = gateway
        self._script = script
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="officer", daemon=True)

    def start(self) -> None:
        """Go to work."""
        self._thread.start()

    def stop(self) -> None:
        """Go home."""
        self._stop.set()
        self._thread.join(5)

    def look_once(self) -> None:
        """Do the next thing in every case that waits for one."""
        for case in cases.all_cases(self._gateway.database):
            try:
                self._next(case)
            except (StaleCaseError, ChutdiaoError):
                # Moved meanwhile, or a script naming a field this form lacks: next look.
                continue

    def _work(self) -> None:
        while not self._stop.wait(_PAUSE):
            self.look_once()

    def _next(self, case: CaseRow) -> None:
        if case.state is CaseState.APPROVED:
            decisions.issue(self._gateway, case)
        elif case.state is CaseState.REVIEWING:
            wanted = self._wanted(case)
            if wanted:
                decisions.ask_correction(self._gateway, case, wanted, _REASON)
            elif self._script.approve:
                decisions.approve(self._gateway, case)
            elif self._script.reject:
                decisions.close(self._gateway, case, CaseState.REJECTED, _REASON)

    def _wanted(self, case: CaseRow) -> tuple[str, ...]:
        """The fields of the script that this form has, unless they were corrected already."""
        held = cases.envelope_text(self._gateway.database, case.submission)
        envelope = read_envelope(read_json((held or "").encode()))
        if envelope.amends:
            return ()
        return tuple(f for f in self._script.correct if f.split(".")[0].split("[")[0] in envelope.answers)
