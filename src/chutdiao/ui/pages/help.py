"""How the program is used, in a page that needs no connection."""

from chutdiao.ui.desk import Desk
from chutdiao.ui.page import Page
from chutdiao.ui.widgets import Card, Heading, Muted, Scroll, ThaiLabel, rows

TOPICS = ("start", "fill", "send", "practice", "keep", "doubt", "keys")


class HelpPage(Page):
    """One card a topic, in plain words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        scroll = Scroll("help.scroll", gap=14, margins=(30, 24, 30, 24))
        rows(self, 0).addWidget(scroll)
        scroll.body.addWidget(Heading("help.title", desk.tr("nav.help"), wrap=False))
        scroll.body.addWidget(Muted("help.line", desk.tr("help.line"), small=False))
        for topic in TOPICS:
            title = desk.tr(f"help.{topic}.title")
            card = Card(f"help.{topic}", title, gap=6, padding=20)
            card.body.addWidget(Heading(f"help.{topic}.title", title, 2))
            for number, paragraph in enumerate(desk.tr(f"help.{topic}.text").splitlines()):
                card.body.addWidget(ThaiLabel(f"help.{topic}.{number}", paragraph))
            scroll.body.addWidget(card)
        scroll.body.addStretch(1)
