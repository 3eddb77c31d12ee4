"""Both languages say everything; every theme has every colour and keeps its contrast."""

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStyle

from chutdiao.paths import resources_dir
from chutdiao.ui.i18n import Wording
from chutdiao.ui.motion import wants_less
from chutdiao.ui.theme import Theme, read_roles
from chutdiao.ui.words import breakable

UI = Path(__file__).parents[2] / "src" / "chutdiao" / "ui"
THEMES = resources_dir() / "themes"
GROUNDS = ("canvas", "surface", "primary_soft", "accent_soft", "ok_soft", "bad_soft")
TEXT_ON = (
    *product(("ink", "muted"), GROUNDS), *product(["primary"], GROUNDS),
    *product(["plain_ink"], ("plain_soft", "surface", "canvas")),
    ("on_primary", "primary"), ("on_primary", "primary_hover"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"),
    *((f"{t}_ink", on) for t in ("primary", "accent", "ok") for on in ("surface", "canvas", f"{t}_soft")),
    *product(["bad"], ("surface", "canvas", "bad_soft")), ("on_hero", "hero"), ("on_hero_muted", "hero"),
)  # fmt: skip
# Borders of fields and boxes, rings of focus, what marks a choice.
PARTS = ("field_border", "primary", "primary_ink", "accent_ink", "bad")


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
    assert contrast(roles[pair[0]], roles[pair[1]]) >= (7 if name == "contrast" else 4.5)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_controls_and_their_focus_can_be_seen(name: str) -> None:
    roles = read_roles(THEMES / f"{name}.toml")
    pale = [p for p in product(PARTS, ("surface", "canvas")) if contrast(roles[p[0]], roles[p[1]]) < 3]
    assert pale == []


def test_every_colour_of_text_the_sheet_names_is_measured() -> None:
    sheet = (THEMES / "style.qss.tmpl").read_text("utf-8")
    text = set(re.findall(r"(?<![-a-z])color: \$([a-z_]+)", sheet))
    assert text <= {pair[0] for pair in TEXT_ON}


def test_nothing_moves_where_stillness_is_wanted(qtbot, theme: Theme) -> None:
    button = QPushButton("x")
    qtbot.addWidget(button)
    app, hint = QApplication.instance(), QStyle.StyleHint.SH_Widget_Animation_Duration
    try:
        theme.move(calm=True)
        assert (button.style().styleHint(hint, None, button), app.cursorFlashTime()) == (0, 0)
        assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    finally:
        theme.move(calm=False)
    assert button.style().styleHint(hint, None, button) > 0 and app.cursorFlashTime() > 0


def test_motion_follows_the_choice_and_else_the_machine(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert [wants_less(choice) for choice in ("system", "less", "full")] == [False, True, False]
    (tmp_path / "kdeglobals").write_text("[KDE]\nAnimationDurationFactor=0\n")
    assert [wants_less(choice) for choice in ("system", "less", "full")] == [True, True, False]


def test_nothing_of_ours_moves_unasked() -> None:
    moving = [
        p.name
        for p in UI.rglob("*.py")
        if re.search(r"Q\w*Animation\b|QMovie|QTimeLine", p.read_text("utf-8"))
    ]
    assert moving == []


def test_thai_breaks_between_words_where_the_system_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chutdiao.ui.words._system_breaks", lambda: False)
    broken = breakable("ข้อมูลเข้ารหัสในเครื่อง")
    assert "\u200b" in broken
    assert broken.replace("\u200b", "") == "ข้อมูลเข้ารหัสในเครื่อง"
    assert breakable("plain English") == "plain English"
