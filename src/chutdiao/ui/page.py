"""What every page is."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from chutdiao.ui.desk import Desk


class Page(QWidget):
    """One full page of the window.

    Pages are made on first show and made anew when the language or the profile changes, so all
    state that matters lies in the store, and texts are read once, in ``__init__`` or ``open``.
    """

    # The page to show next and its arguments.
    go = Signal(str, dict)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(type(self).__name__)
        self.setProperty("page", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def open(self, **arguments: Any) -> None:
        """Show what the arguments name; called each time the page comes to the front."""

    def leave(self) -> None:
        """Write what is unsaved; called before another page comes to the front."""
