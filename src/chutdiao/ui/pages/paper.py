"""The pack to print: forms, cover with checklist, power of attorney; then recorded by the person."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from chutdiao.app.opened import OpenedForm
from chutdiao.app.paper_pack import save_pack
from chutdiao.ui.desk import PDF
from chutdiao.ui.pages.blank_choice import BlankChoice
from chutdiao.ui.pages.portal import PortalPage
from chutdiao.ui.widgets import Card, Heading, Muted, SecondaryButton, ThaiLabel, named


class PaperPage(PortalPage):
    """Saves the pack to a folder and says where it is filed and what to bring."""

    channel = "paper"

    def fill(self, opened: OpenedForm) -> None:
        """Show the pack, the office and what to bring."""
        self.add(self._pack(opened))
        self.add(self._office(opened))

    def _pack(self, opened: OpenedForm) -> Card:
        tr = self.desk.tr
        card = Card("paper.pack", tr("paper.files"), gap=8, padding=20)
        card.body.addWidget(Heading("paper.files", tr("paper.files"), 2))
        card.body.addWidget(Muted("paper.about", tr("paper.subtitle"), small=False))
        self.parts: dict[str, QCheckBox] = {}
        for part in ("form", "cover", "power"):
            box = named(QCheckBox(tr(f"paper.{part}")), f"part.{part}", tr(f"paper.{part}"))
            box.setChecked(True)
            self.parts[part] = box
            card.body.addWidget(box)
        if opened.form.copies > 1:
            self.parts["form"].setText(f"{tr('paper.form')} × {opened.form.copies}")
        self.save = SecondaryButton("save", tr("paper.save"))
        self.save.picture(self.desk.theme, "download")
        self.save.clicked.connect(self._save)
        card.body.addWidget(self.save)
        self.blank = BlankChoice(self.desk)
        self.blank.filled.connect(self._save_blank)
        card.body.addWidget(self.blank)
        self.blank.offer(opened)
        self.said = ThaiLabel("paper.saved", "")
        self.said.setProperty("tone", "ok")
        self.said.hide()
        card.body.addWidget(self.said)
        return card

    def _office(self, opened: OpenedForm) -> Card:
        tr = self.desk.tr
        card = Card("paper.office", tr("paper.where"), gap=6, padding=20)
        card.body.addWidget(Heading("paper.where", tr("paper.where"), 2))
        card.body.addWidget(ThaiLabel("paper.agency", self.desk.local(opened.agency)))
        bring = [r for r in opened.session.state.requirements() if r.bring]
        if bring:
            card.body.addWidget(Heading("paper.bring", tr("paper.bring"), 3))
        for paper in bring:
            card.body.addWidget(ThaiLabel(f"bring.{paper.id}", f"• {self.desk.local(paper.label)}"))
        return card

    @Slot()
    def _save(self) -> None:
        if self._opened is None:
            return
        name = f"{self._opened.form.id}.pdf"
        path = self.desk.asker.save_file(self.desk.tr("paper.choose"), name, PDF)
        parts = tuple(part for part, box in self.parts.items() if box.isChecked())
        if path and parts:
            opened, ws = self._opened, self.desk.workspace
            answers = opened.session.state.submitted()
            work = partial(save_pack, ws, opened.form, answers, self.desk.language, path, parts)
            self.desk.jobs.change(f"pack:{path}", work, self._was_saved)

    @Slot(bytes)
    def _save_blank(self, pdf: bytes) -> None:
        name = f"{self._opened.form.id}-official.pdf" if self._opened is not None else "official.pdf"
        self.desk.save_as(self.desk.tr("preview.save"), name, lambda: pdf, self._blank_saved, PDF)

    def _blank_saved(self, path: str) -> None:
        self.said.say(self.desk.tr("preview.saved", path=path))
        self.said.show()

    def _was_saved(self, paths: tuple[str, ...]) -> None:
        folder = paths[0].replace("\\", "/").rpartition("/")[0]
        self.said.say(self.desk.tr("paper.saved", n=len(paths), path=folder))
        self.said.show()
