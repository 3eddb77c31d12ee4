"""Every signatory signs in turn, then the submission is frozen and put in line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from chutdiao.app.filing import send
from chutdiao.app.opened import OpenedForm, open_form
from chutdiao.app.ports import Submission
from chutdiao.app.signing import SignedBy, Signing, sign, signing, unsign
from chutdiao.app.workspace import Workspace
from chutdiao.domain.check import Signer
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.sign_card import SignatoryCard
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Heading,
    LinkButton,
    Muted,
    PrimaryButton,
    ProgressLine,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    rows,
)

_MOST = 60  # cards on the page at once


@dataclass(frozen=True, slots=True)
class _Loaded:
    opened: OpenedForm
    signing: Signing
    pictures: Mapping[str, bytes]


def _load(ws: Workspace, draft: str) -> _Loaded:
    found = signing(ws, draft)
    return _Loaded(open_form(ws, draft), found, _pictures(ws, found))


def _pictures(ws: Workspace, found: Signing) -> dict[str, bytes]:
    return {key: ws.files.read(one.image) for key, one in found.given.items() if one.image}


def _sign_all(ws: Workspace, draft: str, signed: list[SignedBy]) -> tuple[Problem, ...]:
    done = sign(ws, draft, *signed) if signed else ()
    return done if isinstance(done, tuple) else ()


def _sign_and_send(ws: Workspace, draft: str, last: list[SignedBy]) -> Submission | tuple[Problem, ...]:
    return _sign_all(ws, draft, last) or send(ws, draft)


class SignPage(Page):
    """Shows what goes where, takes one signature after another, and puts the submission in line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        self._signing = Signing((), {}, {})
        self.cards: list[SignatoryCard] = []
        column = rows(self, 14, (30, 16, 30, 16))
        words = rows(gap=0)
        words.addWidget(Heading("sign.title", desk.tr("sign.title"), 1))
        self.subtitle = Muted("sign.subtitle", "", small=False)
        words.addWidget(self.subtitle)
        column.addLayout(words)
        column.addWidget(self._build_progress())
        self._scroll = Scroll("sign-scroll", 14, (0, 0, 2, 0))
        column.addWidget(self._scroll, 1)
        self.said = ThaiLabel("sign.problem", "")
        self.said.setProperty("tone", "bad")
        self.said.hide()
        column.addWidget(self.said)
        buttons = Reflow(12)
        self.back = SecondaryButton("back", desk.tr("sign.back"))
        self.back.clicked.connect(self._go_back)
        self.missing = Muted("sign.missing", "")
        self.missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.send = PrimaryButton("send", desk.tr("sign.send"))
        self.send.clicked.connect(self._send)
        buttons.add(self.back)
        buttons.add(self.missing, 1)
        buttons.add(self.send)
        column.addLayout(buttons)

    def _build_progress(self) -> QWidget:
        self.progress = QWidget()
        row = Reflow(14, self.progress)
        self.count = Heading("sign.count", "", 3, wrap=False)
        self.bar = ProgressLine("sign.progress", self.desk.theme, "ok")
        told = self.desk.tr("sign.all-on-paper")
        self.all_paper = LinkButton("sign.all-on-paper", told, compact=True)
        self.all_paper.clicked.connect(self._all_on_paper)
        row.add(self.count)
        row.add(self.bar, 1)
        row.add(self.all_paper)
        return self.progress

    def open(self, **arguments: Any) -> None:
        """Ask the signatories of a draft to sign."""
        work = partial(_load, self.desk.workspace, str(arguments.get("draft", "")))
        self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, loaded: _Loaded) -> None:
        self._opened, self._signing = loaded.opened, loaded.signing
        opened, form = loaded.opened, loaded.opened.form
        name = " ".join(part for part in (form.code, self.desk.local(form.title)) if part)
        self.subtitle.say(f"{name} · {self.desk.local(opened.agency)}")
        self.said.hide()
        clear(self._scroll.body)
        self.cards = []
        for who in _shown(loaded.signing):
            given, void = loaded.signing.given.get(who.key), loaded.signing.void.get(who.key)
            card = SignatoryCard(self.desk, who, given, void, loaded.pictures.get(who.key, b""))
            card.changed.connect(self._update)
            card.opened.connect(self._turn)
            card.signed_here.connect(self._keep)
            card.taken_back.connect(self._take_back)
            self.cards.append(card)
            self._scroll.body.addWidget(card)
        left = len(loaded.signing.signers) - len(self.cards)
        if left:
            self._scroll.body.addWidget(Muted("sign.more", self.desk.tr("sign.more", n=left), small=False))
        self._scroll.body.addWidget(self._what(opened))
        self._scroll.body.addStretch(1)
        waiting = loaded.signing.waiting
        if waiting:
            self._turn(waiting[0].key)
        self._update()

    def _what(self, opened: OpenedForm) -> Card:
        tr = self.desk.tr
        card = Card("what", tr("sign.what"), gap=6, padding=20)
        card.body.addWidget(Heading("what.title", tr("sign.what"), 3))
        files = sum(
            len(state.value)
            for field in opened.form.fields()
            if field.type == "file"
            and (state := opened.session.state.fields[field.id]).visible
            and isinstance(state.value, list)
        )
        told = [tr("sign.what.to", agency=self.desk.local(opened.agency)), tr("sign.what.files", n=files)]
        if self._sends():
            told += [tr("sign.what.frozen"), tr("sign.what.offline")]
        told.append(tr("sign.what.void"))
        for number, sentence in enumerate(told):
            card.body.addWidget(Muted(f"what.{number}", f"• {sentence}"))
        return card

    def _sends(self) -> bool:
        """Whether this form can be sent from here; else its signatures go on its paper."""
        return self._opened is not None and "api" in (self._opened.form.channels or ("api",))

    def _last(self) -> list[SignedBy]:
        """The signature of the one who is left, where their card is whole."""
        left = [card for card in self.cards if card.given is None]
        signed = left[0].signed() if len(self._signing.waiting) == 1 else None
        return [signed] if signed is not None else []

    @Slot(str)
    def _turn(self, key: str) -> None:
        for card in self.cards:
            if card.who.key == key:
                card.show_ways()
                card.focus_first()

    @Slot()
    def _update(self) -> None:
        tr, waiting = self.desk.tr, self._signing.waiting
        total = len(self._signing.signers)
        done = total - len(waiting)
        self.progress.setVisible(total > 1)
        told = tr("sign.count", done=done, total=total)
        self.count.say(told)
        self.bar.reach(done / total if total else 1.0, told)
        self.all_paper.setVisible(len(waiting) > 1 and all(_may_be_paper(who) for who in waiting))
        last = bool(self._last())
        missing = [self.desk.local(who.label) for who in waiting] if not last else []
        ends = "send" if self._sends() else "done"
        self.send.say(tr(f"sign.{ends}-last" if last else f"sign.{ends}"))
        self.send.setEnabled(not missing)
        named = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
        self.missing.say(tr("sign.missing", who=named) if missing else "")

    @Slot(str)
    def _keep(self, key: str) -> None:
        signed = [s for card in self.cards if card.who.key == key and (s := card.signed()) is not None]
        self._change(signed)

    @Slot()
    def _all_on_paper(self) -> None:
        self._change([SignedBy(who.key, "paper", who.name) for who in self._signing.waiting])

    def _change(self, signed: list[SignedBy]) -> None:
        if self._opened is not None and signed:
            draft = self._opened.draft.id
            work = partial(_sign_all, self.desk.workspace, draft, signed)
            self.desk.jobs.change(f"sign:{draft}", work, self._kept)

    def _kept(self, problems: tuple[Problem, ...]) -> None:
        assert self._opened is not None
        if problems:
            self._tell(problems)
            return
        self.desk.bus.changed.emit(frozenset({"drafts"}))
        self.open(draft=self._opened.draft.id)

    @Slot(str)
    def _take_back(self, key: str) -> None:
        if self._opened is not None:
            draft = self._opened.draft.id
            self.desk.jobs.change(
                f"sign:{draft}", partial(unsign, self.desk.workspace, draft, key), self._back
            )

    def _back(self, _: Signing) -> None:
        self._kept(())

    @Slot()
    def _send(self) -> None:
        if self._opened is None:
            return
        draft, last = self._opened.draft.id, self._last()
        if not self._sends():
            self._finish(draft, last)
            return
        self.send.setEnabled(False)
        self.missing.say(self.desk.tr("sign.sending"))
        work = partial(_sign_and_send, self.desk.workspace, draft, last)
        self.desk.jobs.change(f"send:{draft}", work, self._sent)

    def _finish(self, draft: str, last: list[SignedBy]) -> None:
        """Signatures that go on paper or wait for the agency's site are kept, and the review goes on."""
        work = partial(_sign_all, self.desk.workspace, draft, last)
        self.desk.jobs.change(f"sign:{draft}", work, self._finished)

    def _finished(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            self._tell(problems)
        else:
            self._go_back()

    def _sent(self, done: Submission | tuple[Problem, ...]) -> None:
        if isinstance(done, tuple):
            self._tell(done)
            self._update()
            return
        self.desk.bus.changed.emit(frozenset({"drafts", "outbox"}))
        self.desk.tell(self.desk.tr("sign.queued"), "info")
        self.go.emit("tracking", {"submission": done.id})

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        texts, language = self.desk.workspace.texts, self.desk.language
        told = [f"{texts.message(p, language)} {texts.cure(p, language)}".strip() for p in problems[:3]]
        self.said.say("\n".join(told))
        self.said.show()

    @Slot()
    def _go_back(self) -> None:
        if self._opened is not None:
            self.go.emit("review", {"draft": self._opened.draft.id})


def _may_be_paper(who: Signer) -> bool:
    return "paper" in who.methods and bool(who.name)


def _shown(found: Signing) -> tuple[Signer, ...]:
    """Everybody in the form's order; of very many those still to sign first, as many as a page holds."""
    if len(found.signers) <= _MOST:
        return found.signers
    given = [who for who in found.signers if who.key in found.given]
    return (*found.waiting, *given)[:_MOST]
