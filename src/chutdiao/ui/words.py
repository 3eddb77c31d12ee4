"""Where a line of Thai on the screen may break."""

import ctypes
from functools import cache

_BREAK = "\u200b"


def breakable(text: str) -> str:
    """Return static text that Qt breaks between Thai words; never for text that is edited or copied."""
    if _system_breaks() or not any("\u0e00" <= sign <= "\u0e7f" for sign in text):
        return text
    from chutdiao.app.segment import words

    return _BREAK.join(words(text))


@cache
def _system_breaks() -> bool:
    """Whether Qt finds libthai, which breaks lines by itself and costs nothing."""
    try:
        ctypes.CDLL("libthai.so.0")
    except OSError:
        return False
    return True
