"""How the form and the roadmap stand in narrow room and with large text."""

from PySide6.QtWidgets import QPushButton

from chutdiao.ui.pages.form import FormPage
from chutdiao.ui.pages.roadmap import RoadmapPage
from chutdiao.ui.pages.say import day_text


def test_a_long_section_title_takes_two_lines(opened, draft):
    page: FormPage = opened(FormPage, draft=draft.id)
    shown = [b.text() for b in page.findChildren(QPushButton) if b.objectName().startswith("section.")]
    assert any("\n" in text for text in shown)
    assert all(text.count("\n") < 2 for text in shown)


def test_the_roadmap_never_scrolls_sideways(opened, business, theme, qtbot):
    theme.start("light", 200)
    try:
        page: RoadmapPage = opened(RoadmapPage, business=business.id)
        page.resize(840, 700)
        qtbot.wait(150)
        assert page._scroll.horizontalScrollBar().maximum() == 0
    finally:
        theme.start("light")


def test_a_stored_moment_is_shown_on_the_thai_day(desk):
    assert day_text("2026-11-23T20:00:00+00:00", desk) == day_text("2026-11-24", desk)
