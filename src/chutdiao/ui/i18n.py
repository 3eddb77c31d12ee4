"""The words of the window, in Thai and English, read from ``resources/i18n/ui.d``."""

from pathlib import Path
from typing import Any

from chutdiao.domain.text import Language
from chutdiao.paths import resources_dir


class Wording:
    """Looks up a dotted key (``form.next``) in one language; ``{name}`` takes values."""

    def __init__(self, language: Language = "th", folder: Path | None = None) -> None:
        self._folder = folder or resources_dir() / "i18n" / "ui.d"
        self._read: dict[str, dict[str, str]] = {}
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence, the English one where Thai lacks it, or the key itself."""
        sentence = self._texts(self.language).get(key)
        if sentence is None:
            sentence = self._texts("en").get(key, key)
        for name, value in values.items():
            sentence = sentence.replace("{" + name + "}", str(value))
        return sentence

    def keys(self, language: Language) -> frozenset[str]:
        return frozenset(self._texts(language))

    def _texts(self, language: Language) -> dict[str, str]:
        if language not in self._read:
            self._read[language] = _read_folder(self._folder, language)
        return self._read[language]


def _read_folder(folder: Path, language: str) -> dict[str, str]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    texts: dict[str, str] = {}
    for path in sorted(folder.glob(f"*.{language}.yaml")):
        with path.open(encoding="utf-8") as stream:
            # Composed, not loaded: making Python values of the nodes takes as long again, at every start.
            _flatten("", yaml.compose(stream, Loader=loader), texts)
    return texts


def _flatten(prefix: str, part: Any, into: dict[str, str]) -> None:
    """Put the texts of a mapping's node under dotted keys."""
    for key, value in part.value if part is not None else ():
        if value.id == "mapping":
            _flatten(f"{prefix}{key.value}.", value, into)
        else:
            into[f"{prefix}{key.value}"] = str(value.value)
