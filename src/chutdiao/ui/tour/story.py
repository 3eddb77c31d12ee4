"""The journey as the tour walks it: interview, plan, three channels, a correction, a licence."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chutdiao.app.signing import signing
from chutdiao.app.vault import Use, documents
from chutdiao.domain.problem import Json
from chutdiao.domain.submission import SubmissionState
from chutdiao.ui.application import Program
from chutdiao.ui.desk import Desk
from chutdiao.ui.tour.filling import Filler
from chutdiao.ui.tour.hands import Hands, TourError

CORRECTED = "owner_phone"
_NEW_PHONE = "0800000001"


@dataclass(frozen=True, slots=True)
class Script:
    """Sample input: the interview's answers, each form's answers, and papers by name and title."""

    name: str
    interview: Mapping[str, Json]
    forms: dict[str, dict[str, Json]]
    paper: Callable[[str, str], Path]


class TourAsker:
    """Answers file dialogs and confirmations in a person's place."""

    def __init__(self, paper: Path, out: Path) -> None:
        """``paper`` is the file chosen; what is saved is named with ``prefix``."""
        self.paper, self.prefix = paper, ""
        self._out = out
        self.parent: object = None

    def confirm(self, *_asked: object, **_more: object) -> bool:
        return True

    def text(self, *_asked: object, **_more: object) -> str | None:
        return None

    def open_file(self, *_asked: object, **_more: object) -> str:
        return str(self.paper)

    def open_files(self, *_asked: object, **_more: object) -> list[str]:
        return [str(self.paper)]

    def save_file(self, _title: str, name: str, *_more: object) -> str:
        return str(self._out / f"{self.prefix}{name}")

    def show_file(self, path: str) -> None:
        """Nobody is there to look at it."""


class Story:
    """Walks the real window; each method is one chapter and ends on the page it names."""

    prefix = ""  # of this chapter's pictures and papers

    def __init__(self, program: Program, hands: Hands, script: Script, out: Path) -> None:
        self._program = program
        self._hands = hands
        self._script = script
        self._out = out
        self._business = ""

    def look(self, name: str) -> None:
        """Keep a picture of this chapter."""
        self._hands.picture(f"{self.prefix}{name}")

    @property
    def desk(self) -> Desk:
        assert self._program.desk is not None
        return self._program.desk

    def _page(self) -> tuple[str, Mapping[str, Any]]:
        return self.desk.navigator.current

    def _reach(self, page: str) -> None:
        self._hands.until(lambda: self._page()[0] == page, f"page {page}")
        self._settle()

    def _settle(self) -> None:
        """Wait until the page has what it asked for, and a moment to lay it out."""
        self._hands.until(self.desk.jobs.is_idle, "the end of reading and writing")
        self._hands.pause(40)

    def begin(self) -> None:
        """Start the business from the empty first page."""
        self._hands.find("start.begin")
        self.look("home-empty")
        self._hands.type("start.name", self._script.name)
        self._hands.click("start.begin")
        self._reach("interview")

    def interview(self) -> None:
        """Answer question by question, by keyboard where a line is typed."""
        self._hands.until(lambda: bool(self._page()[1].get("question")), "the first question")
        self._business = str(self._page()[1].get("business", "")) or self.desk.business
        while self._page()[0] == "interview":
            question = str(self._page()[1]["question"])
            self._hands.find(f"answer.{question}")
            self._hands.pause(60)
            self._answer(question)
            self._hands.pause(260)
            self.look(f"interview-{question}")
            self._hands.click("interview.next")
            self._hands.until(
                lambda now=question: self._page()[1].get("question") != now, f"after {question}"
            )
        self._reach("roadmap")

    def _answer(self, question: str) -> None:
        value = self._script.interview.get(question)
        if value is None:
            raise TourError(f"the sample has no answer to {question}")
        if isinstance(value, list):
            for code in value:
                self._hands.click(f"answer.{question}.{code}")
        elif self._hands.look(f"answer.{question}.line") is not None:
            self._hands.type(f"answer.{question}.line", str(value))
        else:
            self._hands.click(f"answer.{question}.{value}")

    def plan(self) -> None:
        """Look at the roadmap and print it."""
        self._hands.find("roadmap.print")
        self.look("roadmap")
        self._hands.click("roadmap.print")
        printed = Path(self.desk.asker.save_file("", "roadmap.pdf"))
        self._hands.until(printed.exists, "the printed plan")

    def form(self, step: str, form: str) -> str:
        """Open a step's form, fill it, look at its paper; return the draft."""
        self.desk.navigator.show("roadmap", business=self._business)
        self._hands.click(f"step.{step}.do")
        self._reach("form")
        draft = str(self._page()[1]["draft"])
        Filler(self._hands, self.desk, self._script.forms[form]).fill(draft, form)
        self._hands.click("preview")
        self._reach("preview")
        self._hands.until(lambda: self._hands.enabled("save"), f"the paper of {form}")
        self.look(f"{form}-preview")
        self._hands.click("save")
        self.desk.navigator.show("review", draft=draft)
        self._reach("review")
        self.look(f"{form}-check-answers")
        return draft

    def sign_and_send(self) -> str:
        """Sign by typing and put the submission in line; return its id."""
        self._hands.click("next")
        self._reach("sign")
        self.look("sign")
        self._hands.click("send")
        self._reach("tracking")
        submission = str(self._page()[1]["submission"])
        self._hands.pause(300)
        self.look("tracking-waiting")
        return submission

    def becomes(self, submission: str, state: SubmissionState, picture: str) -> None:
        """Wait for a submission's state and keep a picture of its page."""
        outbox = self.desk.workspace.outbox
        self._hands.until(lambda: outbox.get(submission).state is state, f"{picture}: {state}")
        self.desk.navigator.show("tracking", submission=submission)
        self._hands.pause(400)
        self.look(picture)

    def heard(self, submission: str, kind: str) -> None:
        """Wait for a word of the agency."""
        workspace = self.desk.workspace

        def said() -> bool:
            self._program.wake_sync()
            self._hands.pause(200)
            case = workspace.outbox.get(submission).case
            return bool(case) and any(event.kind == kind for event in workspace.cases.get(case).events)

        self._hands.until(said, f"the agency's {kind}")

    def correct(self, submission: str) -> str:
        """Open the correction, change the one open field, send it; return the new submission."""
        self.heard(submission, "correction")
        self.desk.navigator.show("tracking", submission=submission)
        self._hands.find("correct")
        self.look("tracking-correction")
        self._hands.click("correct")
        self._reach("form")
        self._hands.find(f"field.{CORRECTED}")
        self._hands.type(f"field.{CORRECTED}", _NEW_PHONE)
        self._hands.pause(200)
        self.look("correction-form")
        draft = str(self._page()[1]["draft"])
        self.desk.jobs.flush()
        self.desk.navigator.show("review", draft=draft)
        self._reach("review")
        return self.sign_and_send()

    def portal(self, draft: str) -> None:
        """File at the agency's own site and record its number."""
        self.desk.navigator.show("review", draft=draft)
        self._reach("review")
        self._hands.click("portal")
        self._reach("portal")
        self.look("portal")
        self._record("SAMPLE-0001")

    def paper(self, draft: str) -> None:
        """File on paper and record the office's number."""
        self.desk.navigator.show("review", draft=draft)
        self._reach("review")
        self._hands.click("paper")
        self._reach("paper")
        self.look("paper")
        self._hands.click("save")
        self._hands.pause(400)
        self._record("SAMPLE-0002")

    def _record(self, number: str) -> None:
        self._hands.type("record.number", number)
        self._hands.type("record.date", "23/11/2569")
        self._hands.click("record.save")
        self._reach("tracking")
        self._hands.pause(300)
        self.look(f"recorded-{number.lower()}")

    def look_around(self) -> None:
        """Visit the pages that keep and set things, in both languages and both themes."""
        for page in ("outbox", "vault", "businesses", "settings", "help", "drafts", "home"):
            self.desk.navigator.show(page)
            self._hands.pause(350)
            self.look(page)
        self.desk.navigator.show("roadmap", business=self._business)
        self._hands.pause(350)
        self.look("roadmap-later")


def walk(program: Program, hands: Hands, script: Script, out: Path, connect: Callable[[], None]) -> list[str]:
    """Walk the whole journey; ``connect`` makes the agency reachable. Returns the submissions."""
    story = Story(program, hands, script, out)
    story.begin()
    story.interview()
    story.plan()
    story.form("commercial-registration", "tp")
    first = story.sign_and_send()
    story.becomes(first, SubmissionState.QUEUED, "tracking-offline")
    connect()
    story.becomes(first, SubmissionState.RECEIVED, "tracking-received")
    second = story.correct(first)
    story.becomes(second, SubmissionState.RECEIVED, "tracking-corrected")
    story.heard(second, "issued")
    hands.until(lambda: bool(_licences(story.desk)), "the licence in the vault")
    story.becomes(second, SubmissionState.RECEIVED, "tracking-issued")
    story.paper(story.form("food-premises", "food-notification"))
    story.portal(story.form("vat-registration", "pp01"))
    story.look_around()
    return [first, second]


def _licences(desk: Desk) -> list[str]:
    return [d.id for d in desk.workspace.files.documents() if d.kind == "licence"]


def keep_proof(desk: Desk, out: Path) -> list[dict[str, str]]:
    """Write receipts, licences and ``tour.json``; return the events."""
    workspace = desk.workspace
    for sent in workspace.outbox.all():
        if sent.state is SubmissionState.RECEIVED:
            (out / f"receipt-{sent.id}.jws").write_text(sent.receipt, "utf-8")
    for document in workspace.files.documents():
        if document.kind in ("licence", "signature"):
            (out / document.name).write_bytes(workspace.files.read(document.sha256))
    events = _events(desk)
    kept = {
        "pictures": sorted(path.name for path in out.glob("*.png")),
        "pdfs": sorted(path.name for path in out.glob("*.pdf")),
        "filings": _filings(desk),
        "signatures": _signatures(desk),
        "documents": _papers(desk),
        "events": events,
    }
    (out / "tour.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    return events


def _events(desk: Desk) -> list[dict[str, str]]:
    events: list[dict[str, str]] = []
    for sent in desk.workspace.outbox.all():
        events.append({"at": sent.queued_at, "kind": "queued", "submission": sent.id})
        events += [{"at": a.at, "kind": "sending", "submission": sent.id} for a in sent.attempts]
        if sent.state is SubmissionState.RECEIVED:
            at = sent.attempts[-1].at if sent.attempts else sent.queued_at
            events.append({"at": at, "kind": "received", "submission": sent.id})
    kinds = {"correction", "approved", "issued"}
    for case in desk.workspace.cases.all():
        events += [
            {"at": event.at, "kind": event.kind, "submission": event.submission or case.submissions[-1]}
            for event in case.events
            if event.kind in kinds and not case.recorded_by_user
        ]
    return events


def _filings(desk: Desk) -> list[dict[str, str]]:
    return [
        {
            "form": sent.form,
            "step": sent.step,
            "channel": sent.channel,
            "state": sent.state.value,
            "number": sent.number,
        }
        for sent in desk.workspace.outbox.all()
    ]


def _signatures(desk: Desk) -> dict[str, dict[str, str]]:
    """How each signatory of a form signed: typed, drawn or on paper."""
    workspace = desk.workspace
    every = [d for b in workspace.businesses.all() for d in workspace.drafts.for_business(b.id)]
    given = {d.form: signing(workspace, d.id).given for d in every if workspace.drafts.signatures(d.id)}
    return {form: {key: one.kind for key, one in signed.items()} for form, signed in given.items()}


def _papers(desk: Desk) -> list[dict[str, Json]]:
    """The documents of every vault, each with the forms that use it."""
    found = []
    for business in desk.workspace.businesses.all():
        for held in documents(desk.workspace, business.id):
            used: list[Json] = [_form_of(desk, use) for use in held.uses]
            found.append({"name": held.document.name, "kind": held.kind, "used_by": used})
    return found


def _form_of(desk: Desk, use: Use) -> str:
    workspace = desk.workspace
    return (
        workspace.outbox.get(use.id).form if use.kind == "submission" else workspace.drafts.get(use.id).form
    )
