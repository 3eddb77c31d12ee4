"""Language, look, text size, motion, lock, recovery code, backup, profile."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from chutdiao.app.keep import backup
from chutdiao.ui import motion
from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.pages.home import show_recovery
from chutdiao.ui.preferences import LOCK_MINUTES
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.theme import MODES
from chutdiao.ui.widgets import (
    Card,
    Heading,
    Muted,
    Rule,
    Scroll,
    SecondaryButton,
    ThaiLabel,
    named,
    rows,
)

_SCALES = (100, 125, 150, 200)


class SettingsPage(Page):
    """Everything works at once; nothing waits for a save button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = rows(self, 0)
        scroll = Scroll("settings.scroll", gap=14, margins=(30, 24, 30, 24))
        outer.addWidget(scroll)
        scroll.body.addWidget(Heading("settings.title", desk.tr("nav.settings"), wrap=False))
        scroll.body.addWidget(self._screen_card())
        scroll.body.addWidget(self._safety_card())
        scroll.body.addWidget(self._profile_card())
        scroll.body.addStretch(1)

    def _screen_card(self) -> Card:
        desk = self.desk
        card = self._card("screen")
        language = self._choice("language", [("th", "ไทย"), ("en", "English")], desk.language)
        language.activated.connect(self._language)
        look = self._choice(
            "theme", [(mode, desk.tr(f"settings.theme.{mode}")) for mode in MODES], desk.preferences.theme
        )
        look.activated.connect(self._theme)
        size = self._choice("scale", [(s, f"{s} %") for s in _SCALES], desk.preferences.scale)
        size.activated.connect(self._scale)
        moving = self._choice(
            "motion", [(c, desk.tr(f"settings.motion.{c}")) for c in motion.CHOICES], desk.preferences.motion
        )
        moving.activated.connect(self._motion)
        self._rows(card, [("language", language), ("theme", look), ("scale", size), ("motion", moving)])
        return card

    def _safety_card(self) -> Card:
        desk = self.desk
        card = self._card("safety")
        offers: list[tuple[Any, str]] = [
            (m, desk.tr("settings.lock.minutes", n=m) if m else desk.tr("settings.lock.never"))
            for m in LOCK_MINUTES
        ]
        minutes = self._choice("lock", offers, desk.preferences.lock_minutes)
        minutes.activated.connect(self._lock_minutes)
        self._rows(
            card,
            [
                ("lock", minutes),
                ("lock-now", self._button("lock-now", "lock", desk.bus.lock_wanted.emit)),
                ("recovery", self._button("recovery", "key-round", self._recovery)),
                ("backup", self._button("backup", "download", self._backup)),
                ("restore", self._button("restore", "upload", self._restore)),
            ],
        )
        return card

    def _profile_card(self) -> Card:
        card = self._card("profile")
        way = "to-real" if self.desk.workspace.practice else "to-practice"
        self._rows(card, [(way, self._button(way, "repeat", self._switch))])
        return card

    def _card(self, name: str) -> Card:
        title = self.desk.tr(f"settings.{name}")
        card = Card(f"settings.{name}", title, gap=10, padding=20)
        card.body.addWidget(Heading(f"settings.{name}.title", title, 2))
        return card

    def _rows(self, card: Card, pairs: Sequence[tuple[str, QWidget]]) -> None:
        for place, (key, control) in enumerate(pairs):
            if place:
                card.body.addWidget(Rule(f"settings.{key}.rule"))
            row = Reflow(18)
            words = rows(None, 0)
            label = ThaiLabel(f"settings.{key}.label", self.desk.tr(f"settings.{key}"))
            label.setProperty("strong", True)
            label.setBuddy(control)
            words.addWidget(label)
            words.addWidget(Muted(f"settings.{key}.why", self.desk.tr(f"settings.{key}.why")))
            row.add(words, 1)
            row.add(control)
            card.body.addLayout(row)

    def _choice(self, name: str, offers: Sequence[tuple[Any, str]], now: Any) -> QComboBox:
        box = named(QComboBox(), f"settings.{name}.choice", self.desk.tr(f"settings.{name}"))
        for value, text in offers:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(now)))
        box.setMinimumWidth(self.desk.theme.px(220))
        return box

    def _button(self, name: str, icon: str, slot: Any) -> SecondaryButton:
        button = SecondaryButton(f"settings.{name}.do", self.desk.tr(f"settings.{name}.do"))
        button.picture(self.desk.theme, icon)
        button.clicked.connect(slot)
        return button

    def _chosen(self) -> Any:
        box = self.sender()
        assert isinstance(box, QComboBox)
        return box.currentData()

    @Slot()
    def _language(self) -> None:
        wanted = self._chosen()
        if wanted != self.desk.language:
            self.desk.preferences.language = wanted
            self.desk.wording.language = wanted
            self.desk.bus.language_changed.emit(wanted)

    @Slot()
    def _theme(self) -> None:
        self.desk.preferences.theme = self._chosen()
        self.desk.theme.wear(self.desk.preferences.theme)

    @Slot()
    def _scale(self) -> None:
        self.desk.preferences.scale = int(self._chosen())
        self.desk.theme.wear(self.desk.preferences.theme, self.desk.preferences.scale)

    @Slot()
    def _motion(self) -> None:
        self.desk.preferences.motion = self._chosen()
        self.desk.theme.move(motion.wants_less(self.desk.preferences.motion))

    @Slot()
    def _lock_minutes(self) -> None:
        self.desk.preferences.lock_minutes = int(self._chosen())
        self.desk.idle.minutes(self.desk.preferences.lock_minutes)

    @Slot()
    def _recovery(self) -> None:
        show_recovery(self)

    @Slot()
    def _backup(self) -> None:
        desk = self.desk
        name = f"chutdiao-{desk.today().isoformat()}.chutdiao-backup"
        path = desk.asker.save_file(desk.tr("settings.backup"), name, "*.chutdiao-backup")
        if path:
            workspace = desk.workspace
            desk.jobs.ask(lambda: backup(workspace, path), self._backed_up, desk.tell_error)

    def _backed_up(self, written: Mapping[str, str]) -> None:
        self.desk.tell(self.desk.tr("settings.backup.done", path=str(written.get("path", ""))))

    @Slot()
    def _restore(self) -> None:
        desk = self.desk
        title = desk.tr("settings.restore")
        path = desk.asker.open_file(title, "*.chutdiao-backup")
        if not path or not desk.asker.confirm(
            title, desk.tr("settings.restore.sure", path=path), desk.tr("settings.restore.yes"), danger=True
        ):
            return
        code = desk.asker.text(title, desk.tr("settings.restore.code"))
        if code is not None:
            desk.bus.restore_wanted.emit(path, code.strip())

    @Slot()
    def _switch(self) -> None:
        self.desk.bus.profile_wanted.emit("real" if self.desk.workspace.practice else "practice")
