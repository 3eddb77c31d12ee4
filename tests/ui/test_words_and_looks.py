"""Both languages say everything; every theme has every colour and keeps its contrast."""

import re
from itertools import product
from pathlib import Path

import pytest

from chutdiao.paths import resources_dir
from chutdiao.ui.i18n import Wording
from chutdiao.ui.theme import read_roles
from chutdiao.ui.words import breakable

UI = Path(__file__).parents[2] / "src" / "chutdiao" / "ui"
THEMES = resources_dir() / "themes"
TEXT_ON = (
    ("ink", "canvas"), ("ink", "surface"), ("muted", "canvas"), ("muted", "surface"),
    ("plain_ink", "plain_soft"),
    ("on_primary", "primary"), ("primary_ink", "primary_soft"), ("primary", "surface"), ("primary", "canvas"),
    ("on_accent", "accent"), ("accent_ink", "accent_soft"), ("ok_ink", "ok_soft"), ("ok_ink", "surface"),
    ("bad", "bad_soft"), ("bad", "surface"), ("on_hero", "hero"), ("on_hero_muted", "hero"),
    ("ink", "ok_soft"),
    ("plain_ink", "surface"),
)  # fmt: skip


def test_both_languages_have_the_same_keys() -> None:
    words = Wording()
    assert words.keys("th") == words.keys("en")


def test_every_key_the_window_names_is_worded() -> None:
    known = Wording().keys("th")
    named = {
        key
        for path in UI.rglob("*.py")
        for key in re.findall(r"\btr\(\s*\"([a-z0-9.-]+)\"[,)]", path.read_text("utf-8"))
    }
    assert len(named) > 100
    assert sorted(named - known) == []


def test_values_are_put_in() -> None:
    assert Wording("en")("roadmap.done", n=1, all=6) == "1 of 6 steps done"
    assert Wording("th")("no.such.key") == "no.such.key"


def contrast(one: str, other: str) -> float:
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_theme_has_every_role_the_sheet_names(name: str) -> None:
    roles = read_roles(THEMES / f"{name}.toml")
    sheet = (THEMES / "style.qss.tmpl").read_text("utf-8")
    assert set(re.findall(r"\$([a-z_]+)", sheet)) - {"look"} <= set(roles)
    assert set(roles) == set(read_roles(THEMES / "light.toml"))


@pytest.mark.parametrize(("name", "pair"), list(product(["light", "dark", "contrast"], TEXT_ON)))
def test_text_can_be_read(name: str, pair: tuple[str, str]) -> None:
    roles = read_roles(THEMES / f"{name}.toml")
    assert contrast(roles[pair[0]], roles[pair[1]]) >= 4.5


@pytest.mark.parametrize(
    ("name", "ground"), list(product(["light", "dark", "contrast"], ["surface", "canvas"]))
)
def test_controls_can_be_seen(name: str, ground: str) -> None:
    roles = read_roles(THEMES / f"{name}.toml")
    assert contrast(roles["field_border"], roles[ground]) >= 3


def test_thai_breaks_between_words_where_the_system_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chutdiao.ui.words._system_breaks", lambda: False)
    broken = breakable("ข้อมูลเข้ารหัสในเครื่อง")
    assert "\u200b" in broken
    assert broken.replace("\u200b", "") == "ข้อมูลเข้ารหัสในเครื่อง"
    assert breakable("plain English") == "plain English"
