"""How a duty, a day and a month are drawn inside the views of the calendar."""

from calendar import monthrange
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chutdiao.ui.desk import Desk
from chutdiao.ui.models.duties import CHIPS, DAY, MARKS, SECOND, Mark

_TONES = {
    "plain": ("plain_soft", "plain_ink"),
    "ok": ("ok_soft", "ok_ink"),
    "warn": ("accent_soft", "accent_ink"),
    "info": ("primary_soft", "primary_ink"),
    "bad": ("bad_soft", "bad"),
}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_SATURDAY = 5
_Index = QModelIndex | QPersistentModelIndex


class Painted(QStyledItemDelegate):
    """What the three views share: ground, focus, text cut to its room."""

    def __init__(self, desk: Desk, parent: object) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self.desk = desk
        self.px = desk.theme.px

    def colour(self, role: str) -> QColor:
        return QColor(self.desk.theme.colour(role))

    def font(self, option: QStyleOptionViewItem, size: float, weight: QFont.Weight) -> QFont:
        font = QFont(option.font)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, colour: str = "surface") -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, self.colour("primary_soft" if chosen else colour))

    def frame(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """A thin line around a cell of a grid."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.colour("line"))
        painter.drawRect(option.rect.adjusted(-1, -1, -1, -1))

    def focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Two pixels of the primary colour around where the keyboard is."""
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.colour("primary"))
            for inset in (0, 1):
                painter.drawRect(option.rect.adjusted(inset, inset, -1 - inset, -1 - inset))

    def text(self, painter: QPainter, room: QRect, words: str, font: QFont, colour: str, how=_LEFT) -> None:  # type: ignore[no-untyped-def]
        painter.setFont(font)
        painter.setPen(self.colour(colour))
        cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(how), cut)

    def chip(self, painter: QPainter, left: int, middle: int, words: str, tone: str, font: QFont) -> int:
        """Draw a chip and return where the next one may begin."""
        soft, ink = _TONES[tone]
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(words) + self.px(16), metrics.height() + self.px(2)
        room = QRect(left, middle - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(soft))
        painter.drawRoundedRect(QRectF(room), self.px(6), self.px(6))
        self.text(painter, room, words, font, ink, _MIDDLE)
        return left + width + self.px(6)


class DutyDelegate(Painted):
    """A row of the list: days, the duty over its quiet line, chips."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.ground(painter, option)
        room = option.rect.adjusted(self.px(9), 0, -self.px(6), 0)
        chips, second = index.data(CHIPS), index.data(SECOND)
        if chips is not None:
            self._chips(painter, option, room, chips)
        elif second is not None:
            half = room.height() // 2
            upper = room.adjusted(0, self.px(4), 0, -half)
            lower = room.adjusted(0, half, 0, -self.px(4))
            self.text(painter, upper, index.data(), self.font(option, 15, QFont.Weight.DemiBold), "ink")
            self.text(painter, lower, second, self.font(option, 13, QFont.Weight.Normal), "muted")
        else:
            weight = QFont.Weight.DemiBold if index.column() == 0 else QFont.Weight.Normal
            self.text(painter, room, index.data(), self.font(option, 14, weight), "ink")
        painter.setPen(self.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        self.focus(painter, option)
        painter.restore()

    def _chips(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, chips: list[tuple[str, str]]
    ) -> None:
        font = self.font(option, 12.5, QFont.Weight.DemiBold)
        step = QFontMetrics(font).height() + self.px(5)
        top = room.center().y() - step * (len(chips) - 1) // 2
        for place, (words, tone) in enumerate(chips):
            self.chip(painter, room.left(), top + place * step, words, tone, font)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.px(58))


class DayDelegate(Painted):
    """A day of the month with what is due on it; a later day online has an empty frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        day = index.data(DAY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if day is None:
            painter.fillRect(option.rect, self.colour("canvas"))
            painter.restore()
            return
        closed = day.weekday() >= _SATURDAY or day in self.desk.workspace.parameters.holidays
        self.ground(painter, option, "canvas" if closed else "surface")
        room = option.rect.adjusted(self.px(8), self.px(5), -self.px(6), -self.px(4))
        self._number(painter, option, room, day, closed)
        self._marks(painter, option, room.adjusted(0, self.px(26), 0, 0), index.data(MARKS))
        self.frame(painter, option)
        self.focus(painter, option)
        painter.restore()

    def _number(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, day: date, closed: bool
    ) -> None:
        today = day == self.desk.today()
        font = self.font(option, 14, QFont.Weight.Bold if today else QFont.Weight.Medium)
        spot = QRect(room.left() - self.px(2), room.top(), self.px(24), self.px(22))
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour("primary"))
            painter.drawRoundedRect(QRectF(spot), self.px(6), self.px(6))
        colour = "on_primary" if today else "muted" if closed else "ink"
        self.text(painter, spot, str(day.day), font, colour, _MIDDLE)

    def _marks(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, marks: list[Mark]) -> None:
        font = self.font(option, 12, QFont.Weight.Medium)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        step = QFontMetrics(font).height() + self.px(3)
        fits = max(1, room.height() // step)
        shown = marks if len(marks) <= fits else marks[: fits - 1]
        for place, mark in enumerate(shown):
            line = QRect(room.left(), room.top() + place * step, room.width(), step - self.px(2))
            soft, ink = _TONES["ok" if mark.done else "info"]
            soft = "surface" if chosen and not mark.done else soft
            painter.setPen(self.colour("field_border") if mark.online else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if mark.online else self.colour(soft))
            painter.drawRoundedRect(QRectF(line), self.px(4), self.px(4))
            words = mark.duty.rule.form
            words = self.desk.tr("duties.online-short", form=words) if mark.online else words
            self.text(painter, line.adjusted(self.px(6), 0, -self.px(2), 0), words, font, ink)
        if len(shown) < len(marks):
            line = QRect(room.left(), room.top() + len(shown) * step, room.width(), step)
            more = self.desk.tr("duties.more", n=len(marks) - len(shown))
            self.text(painter, line.adjusted(self.px(6), 0, 0, 0), more, font, "muted")


class MonthDelegate(Painted):
    """A month of the year: its name, how many duties, and its days with the busy ones filled."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        first: date = index.data(DAY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.ground(painter, option)
        room = option.rect.adjusted(self.px(14), self.px(8), -self.px(10), -self.px(8))
        today = self.desk.today()
        now = (first.year, first.month) == (today.year, today.month)
        head = QRect(room.left(), room.top(), room.width(), self.px(24))
        self.text(
            painter,
            head,
            index.data(),
            self.font(option, 15, QFont.Weight.DemiBold),
            "primary" if now else "ink",
        )
        second = QRect(room.left(), head.bottom(), room.width(), self.px(20))
        self.text(painter, second, index.data(SECOND), self.font(option, 13, QFont.Weight.Normal), "muted")
        self._days(painter, option, room.adjusted(0, self.px(50), 0, 0), first, index.data(MARKS))
        self.frame(painter, option)
        self.focus(painter, option)
        painter.restore()

    def _days(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        first: date,
        marks: dict[date, list[Mark]],
    ) -> None:
        wide, high = room.width() / 7, min(room.height() / 6, self.px(20))
        font = self.font(option, 11, QFont.Weight.Medium)
        for number in range(1, monthrange(first.year, first.month)[1] + 1):
            day = first.replace(day=number)
            cell = number - 1 + first.weekday()
            spot = QRectF(room.left() + (cell % 7) * wide, room.top() + (cell // 7) * high, wide, high)
            on_paper = any(not mark.online for mark in marks.get(day, ()))
            ink = "ink" if day.weekday() < _SATURDAY else "muted"
            if day in marks:
                inner = spot.adjusted(1, 1, -1, -1)
                painter.setPen(Qt.PenStyle.NoPen if on_paper else self.colour("primary"))
                painter.setBrush(self.colour("primary") if on_paper else Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(inner, self.px(4), self.px(4))
                ink = "on_primary" if on_paper else "primary_ink"
            self.text(painter, spot.toRect(), str(number), font, ink, _MIDDLE)
