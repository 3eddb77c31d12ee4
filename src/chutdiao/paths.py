"""Where forms, resources and the user's data lie: in a checkout, a wheel or a bundle."""

import sys
from pathlib import Path


def _shipped(name: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / name
    inside = Path(__file__).parent / "_shipped" / name
    if inside.is_dir():
        return inside
    return Path(__file__).parents[2] / name


def forms_dir() -> Path:
    """The folder that holds the form packages."""
    return _shipped("forms")


def resources_dir() -> Path:
    """The folder that holds fonts, icons, themes, sentences, help and samples."""
    return _shipped("resources")


def is_checkout() -> bool:
    """Whether the program runs from its source tree."""
    return (Path(__file__).parents[2] / "pyproject.toml").is_file() and not hasattr(sys, "_MEIPASS")


def data_dir(chosen: str | None = None) -> Path:
    """The folder of the user's profiles: the one chosen, else the system's place for it."""
    if chosen:
        return Path(chosen)
    import appdirs

    return Path(appdirs.user_data_dir("chutdiao", "chutdiao"))
