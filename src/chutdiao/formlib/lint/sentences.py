"""Rules for the sentences of problems: both languages, once each, the same values in both."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.formlib.source import Mark
from chutdiao.formlib.wording import LANGUAGES, Sentences, read_sentences, sentence_files

_VALUE = re.compile(r"\{(\w+)\}")


def check_sentences(resources_dir: Path, count: Callable[[str, int], None]) -> Iterator[Problem]:
    """Codes without a sentence in one language, and sentences that ask for different values."""
    found: dict[str, Sentences] = {language: {} for language in LANGUAGES}
    places: dict[str, str] = {}
    for language in LANGUAGES:
        for path in sentence_files(resources_dir, language):
            place = str(Mark(path.relative_to(resources_dir.parent).as_posix(), 1, 1))
            try:
                entries = read_sentences(path)
            except ChutdiaoError as error:
                yield from error.problems
                continue
            for code, entry in entries.items():
                if code in found[language]:
                    yield Problem("texts.twice", place, {"code": code, "file": places[code]})
                found[language][code] = entry
                places[code] = place
    count("sentences", len(found["th"]))
    yield from _compare(found, places)


def _compare(found: dict[str, Sentences], places: dict[str, str]) -> Iterator[Problem]:
    for code in sorted(set(found["th"]) ^ set(found["en"])):
        language = "en" if code in found["th"] else "th"
        yield Problem("texts.missing", places[code], {"code": code, "language": language})
    for code in sorted(set(found["th"]) & set(found["en"])):
        asked = [_asked(found[language][code]["message"]) for language in LANGUAGES]
        if asked[0] != asked[1]:
            names = ", ".join(sorted(asked[0] ^ asked[1]))
            yield Problem("texts.different-values", places[code], {"code": code, "names": names})


def _asked(sentence: str) -> set[str]:
    """The values a sentence asks for; ``value_en`` is the English twin of ``value``."""
    return {name.removesuffix("_en") for name in _VALUE.findall(sentence)}
