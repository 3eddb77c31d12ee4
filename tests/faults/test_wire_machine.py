"""Client and gateway under every fault: nothing lost, nothing doubled, *received* never wrong."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wire_desk import SIGNED, Desk, MovingClock, new_draft, open_practice, serve_on_thread

from chutdiao.app.correction import open_correction
from chutdiao.app.deliver import deliver_once
from chutdiao.app.ports import Submission
from chutdiao.app.submit import submit
from chutdiao.app.workspace import Workspace
from chutdiao.contracts.receipts import ReceiptFacts, verify_receipt
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.submission import CaseState, SubmissionState
from chutdiao_gateway.faults.spec import KINDS

_FAULTS = st.sampled_from([kind for kind in KINDS if kind != "delay"])
_TARGETS = st.sampled_from(["submissions", "files", "feed", "cases"])


class Wire(RuleBasedStateMachine):
    """One profile, its crashes, its agency, and the line between them."""

    server: Desk

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = MovingClock()
        self.server.faults("")
        self.token = self.server.new_holder()
        self.ws = self.open()
        self.sent: list[str] = []
        self.hour = 0

    def open(self) -> Workspace:
        return open_practice(self.folder, self.server, self.clock, self.token)

    def held(self) -> dict[str, tuple[str, str]]:
        """What the agency holds of ours: submission → digest and case."""
        rows = self.server.serving.gateway.database.rows("select id, digest, case_id from submission")
        ours = set(self.sent)
        return {row["id"]: (row["digest"], row["case_id"]) for row in rows if row["id"] in ours}

    @rule()
    def send(self) -> None:
        self.hour += 1
        made = submit(self.ws, new_draft(self.ws, hours=f"{self.hour} น."), SIGNED)
        assert isinstance(made, Submission), made
        self.sent.append(made.id)

    @rule(kind=_FAULTS, where=_TARGETS, count=st.integers(1, 3))
    def break_the_line(self, kind: str, where: str, count: int) -> None:
        self.server.faults(f"{kind}@{where}:{count}")

    @rule(kind=_FAULTS, count=st.integers(1, 2))
    def send_into_trouble(self, kind: str, count: int) -> None:
        """The trouble waits exactly for what is sent now."""
        self.send()
        self.server.faults(f"{kind}@submissions:{count}")
        self.deliver()
        self.received_is_true()

    @rule()
    def deliver(self) -> None:
        self.clock.forward(hours=1)
        deliver_once(self.ws)

    @precondition(lambda self: self.ws.outbox.due(self.clock.now().isoformat()))
    @rule(reached=st.booleans())
    def die_while_sending(self, reached: bool) -> None:
        """The power goes after the row was marked, before or after the agency heard."""
        item = self.ws.outbox.due(self.clock.now().isoformat())[0]
        self.ws.outbox.begin(item.id)
        if reached:
            connector = self.ws.connectors[item.agency]
            for ref in item.files:
                connector.put_file(ref.sha256, self.ws.files.read(ref.sha256))
            connector.send(item)
        self.ws.keeper.close()
        self.ws = self.open()

    @rule()
    def ask_again_for_what_stopped(self) -> None:
        for item in self.ws.outbox.all():
            if item.state is SubmissionState.STOPPED:
                self.ws.outbox.retry(item.id)

    @precondition(lambda self: self.held())
    @rule(decision=st.sampled_from(["correction", "complete", "approve", "issue"]), which=st.integers(0, 9))
    def officer_decides(self, decision: str, which: int) -> None:
        cases = sorted({case for _, case in self.held().values()})
        asked = {"fields": ["hours"], "reason": "ดูเวลา"} if decision == "correction" else None
        answer = self.server.decide(cases[which % len(cases)], decision, asked)
        assert answer.status_code in (200, 409), answer.text

    @precondition(lambda self: any(c.state is CaseState.CORRECTION for c in self.ws.cases.all()))
    @rule()
    def correct(self) -> None:
        case = next(c for c in self.ws.cases.all() if c.state is CaseState.CORRECTION)
        try:
            draft = open_correction(self.ws, case.id)
        except ChutdiaoError as error:
            assert [p.code for p in error.problems] == ["correction.on-its-way"]
            return
        if any(s.case == case.id and s.state is SubmissionState.STOPPED for s in self.ws.outbox.all()):
            return
        self.hour += 1
        self.ws.drafts.save(replace(draft, answers={**draft.answers, "hours": f"{self.hour} น."}))
        made = submit(self.ws, draft.id, SIGNED)
        assert isinstance(made, Submission), made
        self.sent.append(made.id)

    @invariant()
    def received_is_true(self) -> None:
        if not hasattr(self, "ws"):
            return
        held = self.held()
        for item in self.ws.outbox.all():
            if item.state is not SubmissionState.RECEIVED:
                assert item.receipt == ""
                continue
            facts = verify_receipt(item.receipt, item.digest, item.id, {self.server.thumbprint}, True)
            assert isinstance(facts, ReceiptFacts)
            assert held[item.id] == (item.digest, facts.case) and item.case == facts.case

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if not hasattr(self, "ws"):
            return
        rows = self.ws.outbox.all()
        assert [item.id for item in rows] == self.sent
        for case in self.ws.cases.all():
            assert len(set(case.submissions)) == len(case.submissions)
            cursors = [event.cursor for event in case.events]
            assert len(set(cursors)) == len(cursors)
        opened = {case for _, case in self.held().values()}
        firsts = [item for item in rows if not item.case or item.id == first_of(self.ws, item.case)]
        assert len(opened) <= len(firsts)

    def teardown(self) -> None:
        if not hasattr(self, "ws"):
            return
        try:
            self.server.faults("")
            self.ask_again_for_what_stopped()
            for _ in range(3):
                self.clock.forward(hours=2)
                deliver_once(self.ws)
            states = {item.state for item in self.ws.outbox.all()}
            assert states <= {SubmissionState.RECEIVED}, [(i.state, i.problems) for i in self.ws.outbox.all()]
            assert set(self.held()) == set(self.sent)
            self.received_is_true()
            self.cases_agree()
        finally:
            self.ws.keeper.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def cases_agree(self) -> None:
        rows = self.server.serving.gateway.database.rows("select id, state from cases")
        theirs = {row["id"]: row["state"] for row in rows}
        ours = {case.id: case.state.value for case in self.ws.cases.all()}
        assert ours == {case: theirs[case] for case in ours}
        assert set(ours) == {case for _, case in self.held().values()}
        licences = [d for d in self.ws.files.documents() if d.kind == "licence"]
        assert len(licences) == sum(state == "issued" for state in ours.values())


def first_of(ws: Workspace, case: str) -> str:
    return ws.cases.get(case).submissions[0]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found, end = serve_on_thread(tmp_path_factory.mktemp("gateway"))
    yield found
    end()


def _run(server: Desk, examples: int, steps: int, repeatable: bool) -> None:
    """Run; a repeatable run draws the same steps each time and reports a failure as it met it."""
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("WireHere", (Wire,), {"server": server})
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        derandomize=repeatable,
        phases=[Phase.generate] if repeatable else list(Phase),
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_wire_under_every_fault(server: Desk) -> None:
    _run(server, 8, 20, repeatable=True)


@pytest.mark.faults
def test_wire_under_every_fault_for_long(server: Desk) -> None:
    _run(server, 300, 40, repeatable=False)
