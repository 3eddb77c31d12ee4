"""What a page finds on its desk: the open profile and the services of the window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from chutdiao.app.save_file import save_bytes
from chutdiao.app.workspace import Workspace
from chutdiao.domain.problem import ChutdiaoError
from chutdiao.domain.text import Language, LocalText
from chutdiao.ui.bus import Bus
from chutdiao.ui.i18n import Wording
from chutdiao.ui.idle import IdleWatch
from chutdiao.ui.jobs import Jobs
from chutdiao.ui.navigator import Navigator
from chutdiao.ui.preferences import Preferences
from chutdiao.ui.theme import Theme

PDF = "PDF (*.pdf)"


class Asker(Protocol):
    """How a page asks the person something; tests answer in its place."""

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool: ...
    def text(self, title: str, label: str, secret: bool = False, start: str = "") -> str | None: ...
    def open_file(self, title: str, pattern: str = "") -> str: ...
    def open_files(self, title: str, pattern: str = "") -> list[str]: ...
    def save_file(self, title: str, name: str, pattern: str = "") -> str: ...
    def show_file(self, path: str) -> None: ...


@dataclass
class Desk:
    """``business`` is the id of the business at work, empty where there is none."""

    workspace: Workspace
    jobs: Jobs
    bus: Bus
    theme: Theme
    wording: Wording
    navigator: Navigator
    asker: Asker
    preferences: Preferences
    idle: IdleWatch
    business: str = field(default="")

    @property
    def language(self) -> Language:
        return self.wording.language

    def tr(self, key: str, **values: object) -> str:
        """The window's sentence for a key, in the language of the moment."""
        return self.wording(key, **values)

    def local(self, text: LocalText | None) -> str:
        """A two-language text in the language of the moment."""
        return "" if text is None else text.to(self.language)

    def today(self) -> date:
        return self.workspace.clock.now().date()

    def tell(self, text: str, tone: str = "ok") -> None:
        """Say one sentence in the notice line; tone is ok, info, warn or bad."""
        self.bus.notice.emit(text, tone)

    def save_as(
        self, title: str, name: str, make: Callable[[], bytes], then: Callable[[str], None], pattern: str = ""
    ) -> None:
        """Ask where a file should go, then make and write it off the window's thread.

        ``then`` gets the path once the file stands there whole; what went wrong is told instead.
        """
        path = self.asker.save_file(title, name, pattern)
        if path:
            self.jobs.ask(lambda: save_bytes(path, make()), then, self.tell_error)

    def tell_error(self, error: Exception) -> None:
        """Say what went wrong and its cure in the notice line; other errors go to the error window."""
        if not isinstance(error, ChutdiaoError) or not error.problems:
            raise error
        texts = self.workspace.texts
        problem = error.problems[0]
        said = (texts.message(problem, self.language), texts.cure(problem, self.language))
        self.tell(" ".join(part for part in said if part), "bad")
