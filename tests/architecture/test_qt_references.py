"""The Qt binding in use keeps its references: one release loses None and True until Python dies."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Bell(QObject):
    rang = Signal(bool)


def test_emits_and_void_calls_lose_no_reference(qtbot) -> None:
    bell, widget = Bell(), QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(1000):
        bell.rang.emit(True)
        widget.setEnabled(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - 500
    assert after[1] > before[1] - 500
