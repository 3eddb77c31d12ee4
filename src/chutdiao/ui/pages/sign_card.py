"""One signatory on the signing page: how they sign, where they draw, and what they gave."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from chutdiao.app.signing import SignedBy
from chutdiao.domain.check import Signer
from chutdiao.domain.submission import Signature
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.draw_area import DrawArea
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.pages.moments import moment
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import (
    Card,
    Chip,
    Heading,
    LinkButton,
    Muted,
    SecondaryButton,
    ThaiLabel,
    named,
    rows,
)


class SignatoryCard(Card):
    """A signatory in turn: closed to one line, open with the ways to sign, or signed."""

    changed = Signal()  # what stands in the open card is more or less whole than before
    opened = Signal(str)  # the person wants to sign now
    signed_here = Signal(str)  # the person pressed sign
    taken_back = Signal(str)  # the person wants to sign anew

    def __init__(
        self, desk: Desk, who: Signer, given: Signature | None, void: Signature | None, picture: bytes
    ) -> None:
        self.label = desk.local(who.label)
        super().__init__(f"signatory.{who.key}", self.label, gap=10, padding=20)
        self._desk, self.who, self.given = desk, who, given
        self._picture = picture
        self._buttons: dict[str, QRadioButton] = {}
        self.panel: QWidget | None = None
        self.body.addLayout(self._head(void))
        if given is not None:
            self.body.addLayout(self._given_line(given))
        elif void is not None:
            told = desk.tr("sign.void", name=void.name, when=moment(desk, void.at))
            words = ThaiLabel(f"void.{who.key}", told)
            words.setProperty("tone", "warn")
            self.body.addWidget(words)

    def _head(self, void: Signature | None) -> QLayout:
        tr, key = self._desk.tr, self.who.key
        head = Reflow(10)
        words = FlowLayout(across=10)
        words.addWidget(Heading(f"signatory.{key}.title", self.label, 2))
        if self.who.name:
            words.addWidget(Muted(f"signatory.{key}.name", self.who.name, small=False))
        head.add(words, 1)
        signed = self.given is not None
        code = "signed" if signed else "again" if void is not None else "unsigned"
        tone = "ok" if signed else "warn" if void is not None else "plain"
        self.state = Chip(f"signatory.{key}.state", tr(f"sign.{code}"), tone)
        head.add(self.state)
        told = tr("sign.now")
        self.turn = LinkButton(f"turn.{key}", told, f"{told} {self.label}", compact=True)
        self.turn.clicked.connect(self._turn)
        self.turn.setVisible(not signed)
        head.add(self.turn)
        return head

    def _given_line(self, given: Signature) -> QLayout:
        tr, key = self._desk.tr, self.who.key
        row = Reflow(14)
        if self._picture:
            drawn = QPixmap()
            drawn.loadFromData(self._picture)
            held = named(QLabel(), f"picture.{key}", tr("sign.picture", name=given.name))
            px = self._desk.theme.px
            ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            held.setPixmap(drawn.scaled(px(200), px(52), ratio, smooth))
            held.setProperty("signature", True)
            row.add(held)
        how = tr(
            "sign.given", name=given.name, how=tr(f"sign.{given.kind}"), when=moment(self._desk, given.at)
        )
        row.add(ThaiLabel(f"given.{key}", how), 1)
        told = tr("sign.anew")
        again = LinkButton(f"anew.{key}", told, f"{told} {self.label}", compact=True)
        again.clicked.connect(self._take_back)
        row.add(again)
        return row

    def show_ways(self) -> None:
        """Open the card, so that this person can sign."""
        if self.given is not None or self.panel is not None:
            return
        tr, key = self._desk.tr, self.who.key
        self.kind("now")
        self.turn.hide()
        self.panel = QWidget()
        column = rows(self.panel, 10)
        choices = FlowLayout(across=18)
        for method in self.who.methods:
            told = tr(f"sign.{method}")
            button = named(QRadioButton(told), f"method.{key}.{method}", f"{self.label}: {told}")
            button.toggled.connect(self._update)
            self._buttons[method] = button
            choices.addWidget(button)
        column.addLayout(choices)
        asked = Heading(f"name-label.{key}", tr("sign.name"), 3)
        self.name = named(QLineEdit(self.who.name), f"name.{key}", f"{self.label}: {tr('sign.name')}")
        asked.setBuddy(self.name)
        self.name.textChanged.connect(self._update)
        column.addWidget(asked)
        column.addWidget(self.name)
        self._build_drawing(column)
        self.body.addWidget(self.panel)
        self._buttons[self.who.methods[0]].setChecked(True)

    def _build_drawing(self, column: QVBoxLayout) -> None:
        tr, key = self._desk.tr, self.who.key
        self.area = named(DrawArea(self._desk.theme, tr("sign.draw-here")), f"draw.{key}", self.label)
        self.area.setAccessibleDescription(tr("sign.draw-here"))
        self.area.drawn.connect(self._update)
        told = tr("sign.clear")
        self.erase = LinkButton(f"erase.{key}", told, f"{told} {self.label}", compact=True)
        self.erase.clicked.connect(self.area.clear)
        self.note = Muted(f"paper-note.{key}", tr("sign.paper-note"))
        for widget in (self.area, self.erase, self.note):
            column.addWidget(widget)
        told = tr("sign.keep")
        self.keep = SecondaryButton(f"sign.{key}", told, f"{told} {self.label}")
        self.keep.clicked.connect(self._keep)
        column.addWidget(self.keep)

    def focus_first(self) -> None:
        """Put the keyboard on the way to sign that is chosen."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus()

    def method(self) -> str:
        return next((m for m, b in self._buttons.items() if b.isChecked()), "")

    def is_whole(self) -> bool:
        """Whether the open card holds a signature that can be kept."""
        if self.panel is None:
            return False
        drawn = self.method() != "drawn" or not self.area.is_empty()
        return bool(self.name.text().strip()) and drawn

    def signed(self) -> SignedBy | None:
        """The signature as it stands in the open card."""
        if not self.is_whole():
            return None
        method = self.method()
        picture = self.area.png() if method == "drawn" else b""
        return SignedBy(self.who.key, method, self.name.text().strip(), picture)

    @Slot()
    def _update(self) -> None:
        method = self.method()
        self.area.setVisible(method == "drawn")
        self.erase.setVisible(method == "drawn")
        self.note.setVisible(method == "paper")
        self.keep.setEnabled(self.is_whole())
        self.changed.emit()

    @Slot()
    def _turn(self) -> None:
        self.opened.emit(self.who.key)

    @Slot()
    def _keep(self) -> None:
        self.signed_here.emit(self.who.key)

    @Slot()
    def _take_back(self) -> None:
        self.taken_back.emit(self.who.key)
