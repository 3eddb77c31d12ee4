"""What a form says by itself: a newer version, answers worth keeping as facts, signatures at stake."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot

from chutdiao.app.opened import OpenedForm
from chutdiao.app.ports import Draft
from chutdiao.app.prefill import Change, apply_changes, profile_changes
from chutdiao.app.signing import Signing, signing
from chutdiao.app.update import UpdatePreview, apply_update, offer_update
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.flow import FlowLayout
from chutdiao.ui.widgets import Card, Heading, LinkButton, SecondaryButton, ThaiLabel

_NAMED_MOST = 6


class UpdateCard(Card):
    """Shown only where a newer version of the form is in force."""

    go = Signal(str, dict)

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__("update", desk.tr("form.update.title"), "warn", gap=6, padding=16)
        self._desk, self._draft = desk, draft
        self.hide()

    def look(self) -> None:
        """Find out whether there is anything to offer; called once the card has its place."""
        work = partial(offer_update, self._desk.workspace, self._draft)
        self._desk.jobs.ask(work, self._offered, self._desk.tell_error)

    def _offered(self, preview: UpdatePreview | None) -> None:
        if preview is None:
            return
        tr = self._desk.tr
        self.body.addWidget(Heading("update.title", tr("form.update.title"), 3))
        said = self._desk.local(preview.say)
        text = " ".join(part for part in (tr("form.update.text", version=preview.new), said) if part)
        self.body.addWidget(ThaiLabel("update.text", text))
        self.apply = SecondaryButton("update.apply", tr("form.update.apply"))
        self.apply.clicked.connect(self._apply)
        self.body.addWidget(self.apply)
        self.show()

    @Slot()
    def _apply(self) -> None:
        work = partial(apply_update, self._desk.workspace, self._draft)
        self._desk.jobs.change(f"update:{self._draft.id}", work, self._applied)

    def _applied(self, draft: Draft) -> None:
        self._desk.bus.changed.emit(frozenset({"drafts"}))
        self.go.emit("form", {"draft": draft.id})


class ProfileCard(Card):
    """Asks once whether answers that differ from the business facts change those too."""

    def __init__(self, desk: Desk, opened: OpenedForm) -> None:
        super().__init__("profile", desk.tr("form.profile.title"), "true", gap=6, padding=16)
        self._desk, self._opened = desk, opened
        self._changes: Sequence[Change] = ()
        self.hide()

    def look(self) -> None:
        """Find out what differs; called once the card has its place."""
        opened = self._opened
        work = partial(
            profile_changes, self._desk.workspace, opened.business, opened.form, opened.session.answers
        )
        self._desk.jobs.ask(work, self._found, self._desk.tell_error)

    def _found(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        self._changes = changes
        tr = self._desk.tr
        names = list(dict.fromkeys(self._named(change) for change in changes))
        facts = " · ".join(names[:_NAMED_MOST]) + (" …" if len(names) > _NAMED_MOST else "")
        self.body.addWidget(Heading("profile.title", tr("form.profile.title"), 3))
        self.body.addWidget(ThaiLabel("profile.facts", tr("form.profile.text", facts=facts)))
        row = FlowLayout(across=10, down=6)
        self.apply = SecondaryButton("profile.apply", tr("form.profile.apply"), compact=True)
        self.apply.clicked.connect(self._apply)
        self.keep = LinkButton("profile.keep", tr("form.profile.keep"), compact=True)
        self.keep.clicked.connect(self.hide)
        row.addWidget(self.apply)
        row.addWidget(self.keep)
        self.body.addLayout(row)
        self.show()

    def _named(self, change: Change) -> str:
        """What changes; of a list of people, who comes and who goes."""
        label, tr = self._desk.local(change.label), self._desk.tr
        told = [
            tr(f"form.profile.{way}", names=", ".join(who))
            for way, who in (("joining", change.joining), ("leaving", change.leaving))
            if who
        ]
        return f"{label} ({'; '.join(told)})" if told else label

    @Slot()
    def _apply(self) -> None:
        work = partial(apply_changes, self._desk.workspace, self._opened.business, self._changes)
        self._desk.jobs.change(f"profile:{self._opened.business.id}", work, self._applied)

    def _applied(self, _: object) -> None:
        self.hide()
        self._desk.bus.changed.emit(frozenset({"businesses"}))
        self._desk.tell(self._desk.tr("form.profile.done"))


class SignedCard(Card):
    """Shown where people have signed: what a change of an answer does to their signatures."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__("signed", desk.tr("sign.title"), "warn", gap=6, padding=16)
        self._desk, self._draft = desk, draft
        self._void = -1
        self.words = ThaiLabel("signed.text", "")
        self.body.addWidget(self.words)
        self.hide()

    def look(self) -> None:
        """Find out who has signed, on opening and after every save."""
        self._desk.jobs.ask(self._standing, self._found, self._desk.tell_error)

    def _standing(self) -> Signing | None:
        workspace, draft = self._desk.workspace, self._draft.id
        return signing(workspace, draft) if workspace.drafts.signatures(draft) else None

    def _found(self, found: Signing | None) -> None:
        given, void = (len(found.given), len(found.void)) if found else (0, 0)
        self.setVisible(bool(given or void))
        tr = self._desk.tr
        self.words.say(tr("sign.band-void", n=void) if void else tr("sign.band", n=given))
        if void > self._void >= 0:
            self._desk.tell(tr("sign.voided", n=void), "warn")
        self._void = void
