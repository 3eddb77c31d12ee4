"""The line at the foot: saved when, online or waiting, encrypted, which set of forms."""

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from chutdiao.ui.desk import Desk
from chutdiao.ui.widgets import Elided, IconLabel, line, named, restyle


class StatusBar(QFrame):
    """Tells the truth about the store and the connection, always."""

    def __init__(self, desk: Desk, saved_at: datetime | None, state: tuple[str, int]) -> None:
        super().__init__()
        self._desk = desk
        named(self, "status", desk.tr("shell.status"))
        self.setProperty("status", "bar")
        self.setFixedHeight(desk.theme.px(32))
        row = line(self, 8, (30, 0, 30, 0))
        self._saved_icon, self._saved = self._part(row, "saved", "save")
        row.addSpacing(14)
        self._net_icon, self._net = self._part(row, "network", "cloud-off")
        row.addStretch(1)
        self._encrypted = self._part(row, "encrypted", "lock")[1]
        self._encrypted.say(desk.tr("shell.encrypted"))
        row.addSpacing(14)
        self._forms = Elided("status.forms")
        self._forms.setProperty("muted", True)
        self._forms.setProperty("small", True)
        row.addWidget(self._forms)
        self.saved(saved_at)
        self.network(*state)

    def _part(self, row: QHBoxLayout, name: str, icon: str) -> tuple[IconLabel, Elided]:
        picture = IconLabel(f"status.{name}.icon", self._desk.theme, icon, "muted", 14)
        label = Elided(f"status.{name}")
        label.setProperty("muted", True)
        label.setProperty("small", True)
        row.addWidget(picture)
        row.addWidget(label)
        return picture, label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what matters least where the line is too short for all."""
        room = self.width() - 140
        for label in (self._net, self._saved, self._encrypted, self._forms):
            room -= label.sizeHint().width()
            label.setVisible(room >= 0 or label is self._net)

    def saved(self, at: datetime | None) -> None:
        """Say when something was last written to this machine."""
        if at is None:
            self._saved.say(self._desk.tr("shell.saved.never"))
        else:
            self._saved.say(self._desk.tr("shell.saved", time=at.strftime("%H:%M:%S")))

    @Slot(str, int)
    def network(self, state: str, waiting: int) -> None:
        """Say whether the agencies can be reached and how much waits to be sent."""
        online = state == "online"
        if online and waiting == 0:
            tone, icon, colour = "ok", "cloud-check", "ok_ink"
            text = self._desk.tr("shell.online.all-sent")
        elif online:
            tone, icon, colour = "ok", "cloud", "ok_ink"
            text = self._desk.tr("shell.online.sending", n=waiting)
        elif state == "off":
            tone, icon, colour = "", "cloud-off", "muted"
            text = self._desk.tr("shell.no-agency" if waiting == 0 else "shell.no-agency.waiting", n=waiting)
        else:
            tone, icon, colour = "warn", "cloud-off", "accent_ink"
            key = f"shell.{state}" + (".waiting" if waiting else "")
            text = self._desk.tr(key, n=waiting)
        self._net.say(text)
        restyle(self._net, "muted", tone == "")
        restyle(self._net, "tone", tone)
        self._net_icon.show_icon(self._desk.theme, icon, colour, 14)
        self._fit()

    def forms(self, text: str) -> None:
        """Name the set of forms in use."""
        self._forms.say(text)
        self._fit()
