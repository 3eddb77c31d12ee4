"""Sentences for problems that arise before a profile is open."""

from functools import cache

from chutdiao.domain.problem import ProblemTexts
from chutdiao.paths import resources_dir


@cache
def texts() -> ProblemTexts:
    """The sentences of every problem, read without a workspace."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: dict[str, dict[str, dict[str, str]]] = {"th": {}, "en": {}}
    for language, sentences in found.items():
        for path in sorted((resources_dir() / "i18n" / "problems.d").glob(f"*.{language}.yaml")):
            with path.open(encoding="utf-8") as stream:
                sentences.update(yaml.load(stream, Loader=loader) or {})
    return ProblemTexts(found)
