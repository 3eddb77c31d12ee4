"""The sentences of problems, merged from every file that holds some."""

from pathlib import Path
from typing import cast

from chutdiao.domain.problem import ChutdiaoError, Problem, ProblemTexts
from chutdiao.domain.text import Language
from chutdiao.formlib.source import Table, place_of, read_yaml

LANGUAGES: tuple[Language, ...] = ("th", "en")
Sentences = dict[str, dict[str, str]]


def load_texts(resources_dir: Path) -> ProblemTexts:
    """Read ``i18n/problems.{th,en}.yaml`` and ``i18n/problems.d/*.{th,en}.yaml``."""
    return ProblemTexts({language: _language(resources_dir, language) for language in LANGUAGES})


def sentence_files(resources_dir: Path, language: Language) -> list[Path]:
    """The files that hold sentences in one language, in the order they are merged."""
    folder = resources_dir / "i18n"
    return [
        *folder.glob(f"problems.{language}.yaml"),
        *sorted(folder.glob(f"problems.d/*.{language}.yaml")),
    ]


def _language(resources_dir: Path, language: Language) -> Sentences:
    found: Sentences = {}
    for path in sentence_files(resources_dir, language):
        for code, entry in read_sentences(path).items():
            found.setdefault(code, entry)
    return found


def read_sentences(path: Path) -> Sentences:
    """Read one file of ``code: {message, cure}``."""
    node = read_yaml(path)
    if not isinstance(node, Table):
        raise ChutdiaoError(Problem("yaml.not-a-mapping", place_of(node)))
    entries: Sentences = {}
    for code, entry in node.items():
        if not isinstance(entry, Table) or "message" not in entry:
            raise ChutdiaoError(Problem("texts.shape", place_of(entry), {"code": str(code)}))
        entries[str(code)] = {str(part): str(cast(str, words)) for part, words in entry.items()}
    return entries
