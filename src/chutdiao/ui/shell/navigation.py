"""The panel at the left: the way to each page that works, and the business at work."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QWidget

from chutdiao.app.ports import Business
from chutdiao.ui import icons
from chutdiao.ui.desk import Desk
from chutdiao.ui.shell.pages_table import NAVIGATION, NavEntry, works
from chutdiao.ui.theme import Theme
from chutdiao.ui.widgets import Elided, Rule, Scroll, line, named, restyle, rows

_WIDTH = 216
_WIDEST = 400


class Mark(QWidget):
    """The program's mark: one dot."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        named(self, "mark", name)
        self._theme = theme
        self.setFixedSize(30, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colour("primary")))
        painter.drawEllipse(0, 0, 30, 30)
        painter.setBrush(QColor(self._theme.colour("accent")))
        painter.drawEllipse(QPoint(15, 15), 5, 5)
        painter.end()


class NavItem(QPushButton):
    """One line of the navigation, with how many things wait there."""

    def __init__(self, desk: Desk, entry: NavEntry) -> None:
        text = desk.tr(f"nav.{entry.page}")
        super().__init__(f"  {text}")
        named(self, f"nav.{entry.page}", text)
        self.entry, self._text = entry, text
        self._theme, self._here = desk.theme, desk.tr("nav.here")
        self.setProperty("nav", "item")
        self.lit = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon_size = desk.theme.px(18)
        self.setIconSize(QSize(self._icon_size, self._icon_size))
        self._count = QLabel(self)
        named(self._count, f"nav.{entry.page}.count", "0")
        self._count.setProperty("nav", "count")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count.hide()
        row = line(self, 0, (0, 0, 10, 0))
        row.addStretch(1)
        row.addWidget(self._count)
        self.light(False)

    def light(self, on: bool) -> None:
        """Mark the line of the page in front."""
        # Not checkable: a screen reader would call the page in front a check box.
        self.lit = on
        restyle(self, "now", on)
        self.setAccessibleDescription(self._here if on else "")
        colour = self._theme.colour("primary_ink" if on else "plain_ink")
        self.setIcon(icons.icon(self.entry.icon, colour, self._icon_size))

    def needed(self) -> int:
        """The width that shows all of it."""
        return self._frame() + self.fontMetrics().horizontalAdvance(self._text)

    def _frame(self) -> int:
        """What stands around the words: edges, picture, and the count where there is one."""
        number = 0 if self._count.isHidden() else self._count.sizeHint().width()
        return self._theme.px(24) + 2 * self._icon_size + number

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - self._frame()
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(f"  {shown}")
        self.setToolTip(self._text if shown != self._text else "")

    def count(self, number: int, spoken: str) -> None:
        self._count.setText(str(number))
        self._count.setVisible(number > 0)
        self._count.setAccessibleName(str(number))
        self._cut()
        self.setAccessibleName(f"{self._text} {spoken}" if number else self._text)


class Switcher(QPushButton):
    """The business at work; opens the list of the others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "switcher", desk.tr("shell.switcher"))
        self.setProperty("nav", "business")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = rows(self, 0, (12, 6, 12, 6))
        self.title = Elided("switcher.name")
        self.title.setProperty("strong", True)
        self.title.setProperty("small", True)
        self.note = Elided("switcher.note")
        self.note.setProperty("muted", True)
        self.note.setProperty("tiny", True)
        for label in (self.title, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)


class Navigation(QFrame):
    """Shows only pages that work; those about a business only when there is one."""

    page_wanted = Signal(str)
    business_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        named(self, "navigation", desk.tr("shell.navigation"))
        self.setProperty("nav", "panel")
        self._businesses: tuple[Business, ...] = ()
        self.items: dict[str, NavItem] = {}
        outer = rows(self, 0)
        scroll = Scroll("navigation.scroll", gap=3, margins=(12, 14, 12, 18))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        restyle(scroll, "ground", "")
        restyle(scroll.widget(), "ground", "")
        outer.addWidget(scroll)
        column = scroll.body
        column.addLayout(self._brand())
        column.addSpacing(10)
        for entry in NAVIGATION:
            if not works(entry.page):
                continue
            if entry.page == "settings":
                column.addSpacing(12)
                column.addWidget(Rule("navigation.rule"))
                column.addSpacing(10)
            item = NavItem(desk, entry)
            item.clicked.connect(self._clicked)
            self.items[entry.page] = item
            column.addWidget(item)
        column.addStretch(1)
        self.switcher = Switcher(desk)
        self.switcher.clicked.connect(self._open_switcher)
        column.addWidget(self.switcher)
        # As wide as its longest line, within a third of the smallest window.
        widest = max(item.needed() for item in self.items.values())
        self.setFixedWidth(min(max(_WIDTH, widest + 24), desk.theme.px(_WIDTH), _WIDEST))

    def _brand(self) -> object:
        row = line(None, 10, (8, 0, 0, 0))
        row.addWidget(Mark(self._desk.theme, self._desk.tr("app.name")))
        words = rows(None, 0)
        name = Elided("brand.name", self._desk.tr("app.name"))
        name.setProperty("heading", "2")
        words.addWidget(name)
        slogan = Elided("brand.line", self._desk.tr("app.line"))
        slogan.setProperty("muted", True)
        slogan.setProperty("tiny", True)
        words.addWidget(slogan)
        row.addLayout(words, 1)
        return row

    def light(self, nav: str) -> None:
        """Mark where the page in front belongs."""
        for page, item in self.items.items():
            item.light(page == nav)

    def counts(self, counts: dict[str, int]) -> None:
        for page, item in self.items.items():
            item.count(counts.get(page, 0), self._desk.tr("nav.count", n=counts.get(page, 0)))

    def businesses(self, all_of_them: Sequence[Business]) -> None:
        """Show the business at work and keep the others for the list."""
        self._businesses = tuple(all_of_them)
        now = next((b for b in self._businesses if b.id == self._desk.business), None)
        for item in self.items.values():
            item.setVisible(now is not None or not item.entry.of_business)
        self.switcher.setVisible(now is not None)
        if now is not None:
            self.switcher.title.say(now.name)
            self.switcher.setToolTip(now.name)
            key = "shell.switcher.one" if len(self._businesses) == 1 else "shell.switcher.many"
            self.switcher.note.say(self._desk.tr(key, n=len(self._businesses)))
            self.switcher.setAccessibleName(f"{self._desk.tr('shell.switcher')}: {now.name}")

    @Slot()
    def _clicked(self) -> None:
        item = self.sender()
        assert isinstance(item, NavItem)
        self.page_wanted.emit(item.entry.page)

    @Slot()
    def _open_switcher(self) -> None:
        menu = named(QMenu(self), "switcher.menu", self._desk.tr("shell.switcher"))
        for business in self._businesses:
            action = menu.addAction(business.name)
            action.setData(business.id)
            action.setCheckable(True)
            action.setChecked(business.id == self._desk.business)
        menu.addSeparator()
        if works("businesses"):
            menu.addAction(self._desk.tr("shell.switcher.manage")).setData("")
        menu.triggered.connect(self._chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.switcher.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))

    def _chosen(self, action: object) -> None:
        business = str(action.data())  # type: ignore[attr-defined]
        if business:
            self.business_wanted.emit(business)
        else:
            self.page_wanted.emit("businesses")
