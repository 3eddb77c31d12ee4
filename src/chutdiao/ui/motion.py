"""Whether motion is wanted: the user's choice, else what this machine asks for, as far as it says so."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QSettings, QStandardPaths

CHOICES = ("system", "less", "full")
_CLIENT_AREA_ANIMATION = 0x1042
_WAIT_MS = 500


def wants_less(choice: str) -> bool:
    """What a choice comes to on this machine; a machine that says nothing wants motion."""
    return choice == "less" or (choice != "full" and _system_wants_less())


def _system_wants_less() -> bool:
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _told(["defaults", "read", "com.apple.universalaccess", "reduceMotion"]) == "1"
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "").upper()
    if "KDE" in desktop:
        return _setting("kdeglobals", "KDE/AnimationDurationFactor") == "0"
    if any(name in desktop for name in ("GNOME", "UNITY", "CINNAMON", "BUDGIE")):
        return _told(["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"]) == "false"
    return _setting("gtk-3.0/settings.ini", "Settings/gtk-enable-animations") in ("0", "false")


def _windows() -> bool:
    import ctypes

    moves = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(  # type: ignore[attr-defined]
        _CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0
    )
    return moves.value == 0


def _setting(place: str, key: str) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return str(QSettings(str(Path(folder) / place), QSettings.Format.IniFormat).value(key, "")).lower()


def _told(command: list[str]) -> str:
    """What the desktop's own command says; nothing where it is missing or slow."""
    process = QProcess()
    process.start(command[0], command[1:])
    if not process.waitForFinished(_WAIT_MS):
        process.kill()
        process.waitForFinished(_WAIT_MS)
        return ""
    return bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace").strip()
