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
    return tuple(word for piece in _keep_spaces(text) for word in _words_of(piece))


@lru_cache(4096)
def _words_of(piece: str) -> tuple[str, ...]:
    """The words of a piece without spaces.

    Pieces are cut one by one: of a long text the segmenter gives letters twice, in its safe mode only.
    """
    if not any("\u0e00" <= letter <= "\u0e7f" for letter in piece):
        return (piece,)
    import nlpo3

    _load()
    for safe in (True, False):
        found = tuple(nlpo3.segment(piece, _DICTIONARY, safe=safe))
        if "".join(found) == piece:
            return found
    return (piece,)


def _keep_spaces(text: str) -> list[str]:
    parts: list[str] = []
    for piece in text.split(" "):
        if parts:
            parts.append(" ")
        if piece:
            parts.append(piece)
    return parts
