"""Colours by role, one style sheet made from them, and the bundled fonts."""

import re
import tomllib
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from chutdiao.paths import resources_dir

FAMILY = "IBM Plex Sans Thai Looped"
MODES = ("system", "light", "dark", "contrast")
_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
_EFFECTS = (
    Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip
_NO_MOTION = "* { widget-animation-duration: 0; }"


class Theme(QObject):
    """The look of the moment; ``colour("primary")`` answers for icons and own painting."""

    changed = Signal()

    def __init__(self, app: QApplication, folder: Path | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._folder = folder or resources_dir() / "themes"
        self._roles: dict[str, str] = {}
        self.mode = "system"
        self.scale = 100
        self.name = ""
        self.calm = False

    def colour(self, role: str) -> str:
        """The colour of a role as ``#RRGGBB``."""
        return self._roles[role]

    def px(self, size: float) -> int:
        """A length in pixels at the text size of the moment."""
        return round(size * self.scale / 100)

    def start(self, mode: str = "system", scale: int = 100, calm: bool = False) -> None:
        """Load the fonts and dress the application; before the first widget."""
        load_fonts()
        self._app.setStyle("Fusion")
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self._still(calm)
        self.wear(mode, scale)

    def move(self, calm: bool) -> None:
        """Let things on the screen move, or keep them still where ``calm``."""
        if calm != self.calm:
            self._still(calm)
            self.wear(self.mode)

    def _still(self, calm: bool) -> None:
        self.calm = calm
        for effect in _EFFECTS:
            self._app.setEffectEnabled(effect, not calm)
        # A caret that blinks is motion too; 0 keeps it lit.
        self._app.setCursorFlashTime(0 if calm else -1)

    def wear(self, mode: str, scale: int | None = None) -> None:
        """Put on a theme: system, light, dark or contrast, at a text size in per cent."""
        self.mode = mode if mode in MODES else "system"
        self.scale = self.scale if scale is None else max(75, min(scale, 200))
        self.name = self._system_name() if self.mode == "system" else self.mode
        self._roles = read_roles(self._folder / f"{self.name}.toml")
        font = QFont(FAMILY)
        font.setPixelSize(self.px(15))
        self._app.setFont(font)
        self._app.setPalette(_palette(self._roles))
        template = (self._folder / "style.qss.tmpl").read_text(encoding="utf-8")
        self._app.setStyleSheet(self._fill(template) + (_NO_MOTION if self.calm else ""))
        self.changed.emit()

    def _fill(self, template: str) -> str:
        words = {**self._roles, "look": (self._folder / self.name).as_posix()}
        sized = re.sub(r"@(\d+)", lambda found: f"{self.px(int(found[1]))}px", template)
        return re.sub(r"\$([a-z_]+)", lambda found: words[found[1]], sized)

    def _system_name(self) -> str:
        if self._app.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"

    def _system_changed(self, _scheme: object) -> None:
        if self.mode == "system" and self._system_name() != self.name:
            self.wear("system")


def read_roles(path: Path) -> dict[str, str]:
    """Read the colours of a theme file."""
    with path.open("rb") as stream:
        return {role: str(colour) for role, colour in tomllib.load(stream)["roles"].items()}


def load_fonts() -> None:
    """Make the bundled fonts known; a machine may have none of its own."""
    if FAMILY in QFontDatabase.families():
        return
    for weight in _WEIGHTS:
        path = resources_dir() / "fonts" / f"IBMPlexSansThaiLooped-{weight}.ttf"
        QFontDatabase.addApplicationFont(str(path))


def _palette(roles: dict[str, str]) -> QPalette:
    part = QPalette.ColorRole
    palette = QPalette()
    pairs = (
        (part.Window, "canvas"), (part.WindowText, "ink"), (part.Base, "surface"),
        (part.AlternateBase, "canvas"), (part.Text, "ink"), (part.Button, "surface"),
        (part.ButtonText, "ink"), (part.Highlight, "primary"), (part.HighlightedText, "on_primary"),
        (part.Link, "primary"), (part.PlaceholderText, "muted"), (part.ToolTipBase, "surface"),
        (part.ToolTipText, "ink"), (part.Mid, "line"), (part.Accent, "primary"),
    )  # fmt: skip
    for where, role in pairs:
        palette.setColor(where, QColor(roles[role]))
    for where in (part.WindowText, part.Text, part.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(roles["muted"]))
    return palette
