"""Every signatory signs, then the submission is frozen and put in line."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QRadioButton

from chutdiao.app.filing import SignedBy, send
from chutdiao.app.opened import OpenedForm, open_form
from chutdiao.app.ports import Submission
from chutdiao.domain.check import Signer
from chutdiao.domain.problem import Problem
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.draw_area import DrawArea
from chutdiao.ui.page import Page
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    LinkButton,
    Muted,
    PrimaryButton,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    clear,
    line,
    named,
    rows,
)


@dataclass(frozen=True, slots=True)
class _Methods:
    role: str
    buttons: dict[str, QRadioButton]


class SignatoryCard(Card):
    """One signatory: how they sign, their name, and where they draw."""

    changed = Signal()

    def __init__(self, desk: Desk, who: Signer) -> None:
        label = desk.local(who.label)
        super().__init__(f"signatory.{who.key}", label, gap=10, padding=20)
        self._desk, self.who = desk, who
        head = line(gap=10)
        head.addWidget(Heading(f"signatory.{who.key}.title", label, 2), 1)
        self.state = Chip(f"signatory.{who.key}.state", desk.tr("sign.unsigned"), "plain")
        head.addWidget(self.state)
        self.body.addLayout(head)
        self._methods = _Methods(who.key, {})
        choices = line(gap=18)
        for method in who.methods:
            told = desk.tr(f"sign.{method}")
            button = named(QRadioButton(told), f"method.{who.key}.{method}", f"{label}: {told}")
            button.toggled.connect(self._update)
            self._methods.buttons[method] = button
            choices.addWidget(button)
        choices.addStretch(1)
        self.body.addLayout(choices)
        asked = Heading(f"name-label.{who.key}", desk.tr("sign.name"), 3)
        self.name = named(QLineEdit(who.name), f"name.{who.key}", f"{label}: {desk.tr('sign.name')}")
        asked.setBuddy(self.name)
        self.name.textChanged.connect(self._update)
        self.body.addWidget(asked)
        self.body.addWidget(self.name)
        self._build_drawing(label)
        self._methods.buttons[who.methods[0]].setChecked(True)

    def _build_drawing(self, label: str) -> None:
        tr, role = self._desk.tr, self.who.key
        self.area = named(DrawArea(self._desk.theme, tr("sign.draw-here")), f"draw.{role}", label)
        self.area.setAccessibleDescription(tr("sign.draw-here"))
        self.area.drawn.connect(self._update)
        told = tr("sign.clear")
        self.erase = LinkButton(f"erase.{role}", told, f"{told} {label}", compact=True)
        self.erase.clicked.connect(self.area.clear)
        self.note = Muted(f"paper-note.{role}", tr("sign.paper-note"))
        for widget in (self.area, self.erase, self.note):
            self.body.addWidget(widget)

    def method(self) -> str:
        return next((m for m, b in self._methods.buttons.items() if b.isChecked()), "")

    def signed(self) -> SignedBy | None:
        """The signature, when it is given."""
        method, name = self.method(), self.name.text().strip()
        if not name or (method == "drawn" and self.area.is_empty()):
            return None
        return SignedBy(self.who.key, method, name, self.area.png() if method == "drawn" else b"")

    def is_signed(self) -> bool:
        drawn = self.method() != "drawn" or not self.area.is_empty()
        return bool(self.name.text().strip()) and drawn

    @Slot()
    def _update(self) -> None:
        method = self.method()
        self.area.setVisible(method == "drawn")
        self.erase.setVisible(method == "drawn")
        self.note.setVisible(method == "paper")
        done = self.is_signed()
        self.state.say(self._desk.tr("sign.signed" if done else "sign.unsigned"), "ok" if done else "plain")
        self.changed.emit()


class SignPage(Page):
    """Shows what goes where, takes signatures, and puts the submission in line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedForm | None = None
        self.cards: list[SignatoryCard] = []
        column = rows(self, 14, (30, 16, 30, 16))
        words = rows(gap=0)
        words.addWidget(Heading("sign.title", desk.tr("sign.title"), 1))
        self.subtitle = Muted("sign.subtitle", "", small=False)
        words.addWidget(self.subtitle)
        column.addLayout(words)
        self._scroll = Scroll("sign-scroll", 14, (0, 0, 2, 0))
        column.addWidget(self._scroll, 1)
        self.said = ThaiLabel("sign.problem", "")
        self.said.setProperty("tone", "bad")
        self.said.hide()
        column.addWidget(self.said)
        buttons = line(gap=12)
        self.back = SecondaryButton("back", desk.tr("sign.back"))
        self.back.clicked.connect(self._go_back)
        self.missing = Muted("sign.missing", "", wrap=False)
        self.send = PrimaryButton("send", desk.tr("sign.send"))
        self.send.clicked.connect(self._send)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.missing)
        buttons.addWidget(self.send)
        column.addLayout(buttons)

    def open(self, **arguments: Any) -> None:
        """Ask the signatories of a draft to sign."""
        work = partial(open_form, self.desk.workspace, str(arguments.get("draft", "")))
        self.desk.jobs.ask(work, self._show, self.desk.tell_error)

    def _show(self, opened: OpenedForm) -> None:
        self._opened = opened
        form = opened.form
        name = " ".join(part for part in (form.code, self.desk.local(form.title)) if part)
        self.subtitle.say(f"{name} · {self.desk.local(opened.agency)}")
        self.said.hide()
        clear(self._scroll.body)
        self.cards = []
        for who in opened.session.state.signatories():
            card = SignatoryCard(self.desk, who)
            card.changed.connect(self._update)
            self.cards.append(card)
            self._scroll.body.addWidget(card)
        self._scroll.body.addWidget(self._what(opened))
        self._scroll.body.addStretch(1)
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
        told = (
            tr("sign.what.to", agency=self.desk.local(opened.agency)),
            tr("sign.what.files", n=files),
            tr("sign.what.frozen"),
            tr("sign.what.offline"),
        )
        for number, sentence in enumerate(told):
            card.body.addWidget(Muted(f"what.{number}", f"• {sentence}"))
        return card

    @Slot()
    def _update(self) -> None:
        missing = [self.desk.local(card.who.label) for card in self.cards if not card.is_signed()]
        self.send.setEnabled(not missing)
        self.missing.say(self.desk.tr("sign.missing", who=", ".join(missing)) if missing else "")

    @Slot()
    def _send(self) -> None:
        if self._opened is None:
            return
        signed = tuple(s for card in self.cards if (s := card.signed()) is not None)
        draft = self._opened.draft.id
        self.send.setEnabled(False)
        self.missing.say(self.desk.tr("sign.sending"))
        self.desk.jobs.change(f"send:{draft}", partial(send, self.desk.workspace, draft, signed), self._sent)

    def _sent(self, done: Submission | tuple[Problem, ...]) -> None:
        if isinstance(done, tuple):
            texts, language = self.desk.workspace.texts, self.desk.language
            told = [f"{texts.message(p, language)} {texts.cure(p, language)}".strip() for p in done[:3]]
            self.said.say("\n".join(told))
            self.said.show()
            self._update()
            return
        self.desk.bus.changed.emit(frozenset({"drafts", "outbox"}))
        self.desk.tell(self.desk.tr("sign.queued"), "info")
        self.go.emit("tracking", {"submission": done.id})

    @Slot()
    def _go_back(self) -> None:
        if self._opened is not None:
            self.go.emit("review", {"draft": self._opened.draft.id})
