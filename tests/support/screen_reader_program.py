"""The real program with the sample business in its practice profile; shows the pages named on stdin."""

import sys
import threading
from pathlib import Path

from every_page import arguments_of, open_furnished, pages
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from chutdiao.ui.application import Program


class Door(QObject):
    """Shows the page asked for and says when it stands."""

    asked = Signal(str)

    def __init__(self, program: Program, sample: dict[str, str]) -> None:
        super().__init__()
        self._program, self._sample = program, sample
        self.asked.connect(self._show)
        program.opened.connect(self._opened)

    @Slot()
    def _opened(self) -> None:
        self._program.window.resize(1280, 800)
        print(" ".join(pages()), flush=True)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line.strip())
        self.asked.emit("")

    @Slot(str)
    def _show(self, page: str) -> None:
        if not page:
            self._program.close_profile()
            QApplication.quit()
            return
        self._program.desk.navigator.show(page, **arguments_of(page, self._sample))
        QTimer.singleShot(250, self._say)

    @Slot()
    def _say(self) -> None:
        # What is still asked for off the window's thread must be on the page first.
        if self._program.jobs._orders:
            QTimer.singleShot(50, self._say)
        else:
            QTimer.singleShot(50, lambda: print("shown", flush=True))


def main() -> None:
    folder = Path(sys.argv[1])
    workspace, sample = open_furnished(folder)
    app = QApplication(["chutdiao"])
    program = Program(app, lambda *_: workspace, None, folder)
    program.preferences.theme = "light"
    door = Door(program, sample)
    program.start("practice")
    app.exec()
    del door


main()
