"""Which page is in front, and the way back."""

from typing import Any

from PySide6.QtCore import QObject, Signal

_DEPTH = 50


class Navigator(QObject):
    """Keeps the trail of pages; the shell listens and shows them."""

    # The page to bring to the front and its arguments.
    wanted = Signal(str, dict)

    # The page in front stays and is now about something else: another question, another section.
    amended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trail: list[tuple[str, dict[str, Any]]] = []

    @property
    def current(self) -> tuple[str, dict[str, Any]]:
        """The page in front and its arguments; an empty name before the first."""
        return self._trail[-1] if self._trail else ("", {})

    def show(self, page: str, **arguments: Any) -> None:
        """Bring a page to the front."""
        if self.current != (page, arguments):
            self._trail = [*self._trail, (page, arguments)][-_DEPTH:]
        self.wanted.emit(page, arguments)

    def replace(self, page: str, **arguments: Any) -> None:
        """Bring a page to the front in place of the one that is there."""
        self._trail = [*self._trail[:-1], (page, arguments)]
        self.wanted.emit(page, arguments)

    def amend(self, **arguments: Any) -> None:
        """Note where in the page in front the person is, so that the same place comes back."""
        if self._trail:
            page, held = self._trail[-1]
            self._trail[-1] = (page, {**held, **arguments})
            self.amended.emit()

    def can_go_back(self) -> bool:
        return len(self._trail) > 1

    def back(self) -> None:
        """Bring the page before this one to the front."""
        if self.can_go_back():
            self._trail.pop()
            page, arguments = self._trail[-1]
            self.wanted.emit(page, arguments)

    def forget(self) -> None:
        """Drop the trail, as when the profile changes."""
        self._trail.clear()
