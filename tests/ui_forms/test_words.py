"""Every sentence of the form pages exists in both languages, with the same values."""

import re

from chutdiao.paths import resources_dir
from chutdiao.ui.i18n import Wording


def _keys(language: str) -> dict[str, str]:
    wording = Wording(language)
    pages = ("form", "review", "sign", "outbox", "tracking", "portal", "record", "paper", "preview")
    prefixes = tuple(f"{page}." for page in pages)
    return {key: wording(key) for key in wording.keys(language) if key.startswith(prefixes)}


def test_both_languages_have_the_same_keys_and_values():
    thai, english = _keys("th"), _keys("en")
    assert thai.keys() == english.keys()
    for key, sentence in thai.items():
        assert set(re.findall(r"{(\w+)}", sentence)) == set(re.findall(r"{(\w+)}", english[key])), key


def test_every_key_used_in_the_pages_is_known():
    known = _keys("th").keys() | Wording("th").keys("th")
    ui = resources_dir().parent / "src" / "chutdiao" / "ui"
    used = set()
    for path in [*(ui / "fields").glob("*.py"), *(ui / "pages").glob("*.py"), *(ui / "models").glob("*.py")]:
        used |= set(re.findall(r'tr\("([\w.-]+)"', path.read_text(encoding="utf-8")))
    ours = {key for key in used if key.startswith(("form.", "review.", "sign.", "tracking.", "record."))}
    assert ours <= known, ours - known
