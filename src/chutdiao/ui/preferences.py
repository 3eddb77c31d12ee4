"""What the window must know before a store is open: language, look, profile, lock time."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from chutdiao.app.workspace import Profile
from chutdiao.domain.text import Language

LOCK_MINUTES = (0, 5, 10, 15, 30, 60)


class Preferences:
    """Kept beside the profiles in plain sight; nothing about a person belongs here."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        return "en" if self._text("language", "th") == "en" else "th"

    @language.setter
    def language(self, language: Language) -> None:
        self._file.setValue("language", language)

    @property
    def theme(self) -> str:
        return self._text("theme", "system")

    @theme.setter
    def theme(self, mode: str) -> None:
        self._file.setValue("theme", mode)

    @property
    def scale(self) -> int:
        return self._number("scale", 100)

    @scale.setter
    def scale(self, percent: int) -> None:
        self._file.setValue("scale", percent)

    @property
    def motion(self) -> str:
        """``system``, ``less`` or ``full``."""
        return self._text("motion", "system")

    @motion.setter
    def motion(self, choice: str) -> None:
        self._file.setValue("motion", choice)

    @property
    def lock_minutes(self) -> int:
        """Minutes without a touch before the window locks; 0 is never."""
        return self._number("lock_minutes", 15)

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._file.setValue("lock_minutes", minutes)

    @property
    def profile(self) -> Profile:
        """The profile last used."""
        return "practice" if self._text("profile", "real") == "practice" else "real"

    @profile.setter
    def profile(self, profile: Profile) -> None:
        self._file.setValue("profile", profile)

    @property
    def geometry(self) -> QByteArray:
        value = self._file.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("geometry", geometry)

    def _text(self, key: str, default: str) -> str:
        return str(self._file.value(key, default))

    def _number(self, key: str, default: int) -> int:
        text = self._text(key, str(default))
        return int(text) if text.isdecimal() else default
