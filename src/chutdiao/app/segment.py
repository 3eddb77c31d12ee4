"""Thai text cut into words, so that lines break where a reader expects."""

from functools import lru_cache

from chutdiao import paths

_DICTIONARY = "chutdiao"


@lru_cache(1)
def _load() -> None:
    import nlpo3

    nlpo3.load_dict(str(paths.resources_dir() / "thai" / "words_th.txt"), _DICTIONARY)


@lru_cache(4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order; joined they give the text again."""
    if not any("\u0e00" <= letter <= "\u0e7f" for letter in text):
        return tuple(_keep_spaces(text))
    import nlpo3

    _load()
    found = nlpo3.segment(text, _DICTIONARY, safe=True)
    return tuple(found) if "".join(found) == text else tuple(_keep_spaces(text))


def _keep_spaces(text: str) -> list[str]:
    parts: list[str] = []
    for piece in text.split(" "):
        if parts:
            parts.append(" ")
        if piece:
            parts.append(piece)
    return parts
