"""Lucide icons drawn in the colour of a role."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from chutdiao.paths import resources_dir

_drawn: dict[tuple[str, str, int, float], QPixmap] = {}


def pixmap(name: str, colour: str, size: int = 18, ratio: float = 2.0) -> QPixmap:
    """Return an icon of ``resources/icons`` as a picture, drawn once for each colour and size."""
    key = (name, colour, size, ratio)
    if key not in _drawn:
        _drawn[key] = _draw(name, colour, size, ratio)
    return _drawn[key]


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return an icon of ``resources/icons`` for a button."""
    return QIcon(pixmap(name, colour, size))


def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    path = resources_dir() / "icons" / f"{name}.svg"
    if path.is_file():
        source = path.read_text(encoding="utf-8").replace("currentColor", colour)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
    return picture
