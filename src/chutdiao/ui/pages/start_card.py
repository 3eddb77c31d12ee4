"""Starting a business: what it is, and what to call it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton

from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.reflow import Reflow
from chutdiao.ui.widgets import Card, Heading, LinkButton, Muted, PrimaryButton, ThaiLabel, named


class StartCard(Card):
    """One thing to do: choose what to open and begin."""

    started = Signal(str)
    left = Signal()

    def __init__(
        self, desk: Desk, journeys: Sequence[tuple[str, Mapping[str, Json]]], may_leave: bool
    ) -> None:
        super().__init__("start", desk.tr("start.title"), gap=10, padding=28)
        self._desk = desk
        self.body.addWidget(Heading("start.title", desk.tr("start.title"), 1))
        self.body.addWidget(Muted("start.text", desk.tr("start.text"), small=False))
        self.body.addSpacing(6)
        self.body.addWidget(Heading("start.kind", desk.tr("start.kind"), 3))
        self.kinds = QButtonGroup(self)
        for place, (journey, row) in enumerate(journeys):
            title = _local(row.get("title"), journey).to(desk.language)
            choice = named(QRadioButton(title), f"start.kind.{journey}", title)
            choice.setProperty("tile", True)
            choice.setProperty("journey", journey)
            choice.setChecked(place == 0)
            self.kinds.addButton(choice)
            self.body.addWidget(choice)
        self.body.addSpacing(6)
        label = ThaiLabel("start.name.label", desk.tr("start.name"))
        label.setProperty("strong", True)
        self.name = named(QLineEdit(), "start.name", desk.tr("start.name"))
        self.name.setPlaceholderText(desk.tr("start.name.example"))
        self.name.setMaxLength(200)
        self.name.returnPressed.connect(self._begin)
        label.setBuddy(self.name)
        self.body.addWidget(label)
        self.body.addWidget(self.name)
        self.body.addSpacing(8)
        row = Reflow(12)
        self.button = PrimaryButton("start.begin", desk.tr("start.begin"))
        self.button.setProperty("large", True)
        self.button.setEnabled(bool(journeys))
        self.button.clicked.connect(self._begin)
        row.add(self.button)
        if may_leave:
            back = LinkButton("start.leave", desk.tr("ask.cancel"))
            back.clicked.connect(self.left)
            row.add(back)
        row.add_room()
        row.add(Muted("start.note", desk.tr("start.note"), wrap=False))
        self.body.addLayout(row)

    @Slot()
    def _begin(self) -> None:
        choice = self.kinds.checkedButton()
        if choice is None or not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        # The law of the journeys comes in here: the first page is shown without it.
        from chutdiao.app.interview import start_business

        workspace, journey = self._desk.workspace, str(choice.property("journey"))
        name = self.name.text().strip() or choice.text()
        self._desk.jobs.change(
            "start-business", lambda: start_business(workspace, journey, name), self._started
        )

    def _started(self, business: object) -> None:
        self.started.emit(str(getattr(business, "id", business)))


def _local(title: Json, name: str) -> LocalText:
    if isinstance(title, Mapping):
        return LocalText.of({key: str(text) for key, text in title.items()})
    return LocalText.of(str(title or name))
