"""What a field widget needs of the outside, the same for every field of a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from chutdiao.app.attachments import Attached, attach_path
from chutdiao.app.ports import ReferenceTables
from chutdiao.app.vault import Held, attach_document, notes_on, offers
from chutdiao.domain.form import Field
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import Language
from chutdiao.ui.desk import Asker, Desk
from chutdiao.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The desk seen from a field: words, tables, today, and how a file is attached.

    ``agency`` is who the form goes to, for what it says of a document.
    """

    desk: Desk
    business: str
    agency: str = ""

    @property
    def tables(self) -> ReferenceTables:
        return self.desk.workspace.tables

    @property
    def theme(self) -> Theme:
        return self.desk.theme

    @property
    def asker(self) -> Asker:
        return self.desk.asker

    def language(self) -> Language:
        return self.desk.language

    def tr(self, key: str, **values: object) -> str:
        return self.desk.tr(key, **values)

    def today(self) -> date:
        return self.desk.today()

    def label_of(self, table: str, code: str) -> str:
        """The words of one reference row; the code itself where the table does not know it."""
        row = self.tables.row(table, code)
        return row.label.to(self.language()) if row is not None else code

    def sentence(self, problem: Problem) -> str:
        """What is wrong and how to mend it, as one text."""
        texts, language = self.desk.workspace.texts, self.language()
        return f"{texts.message(problem, language)} {texts.cure(problem, language)}".strip()

    def attach(
        self, field: Field, place: str, path: str, have: Sequence[Json], then: Callable[[Attached], None]
    ) -> None:
        """Attach the file at a path off the window's thread; what came of it goes to ``then``."""
        work = partial(attach_path, self.desk.workspace, self.business, field, place, path, list(have))
        self.desk.jobs.change(f"attach:{place}:{path}", work, then)

    def attach_held(
        self, field: Field, place: str, document: str, have: Sequence[Json], then: Callable[[Attached], None]
    ) -> None:
        """Attach a document that is in the vault already."""
        work = partial(attach_document, self.desk.workspace, field, place, document, list(have))
        self.desk.jobs.change(f"attach:{place}:{document}", work, then)

    def ask_vault(self, field: Field, have: Sequence[Json], then: Callable[[tuple[Held, ...]], None]) -> None:
        """Find the documents of the vault that the field may take."""
        work = partial(offers, self.desk.workspace, self.business, field, self.agency, list(have))
        self.desk.jobs.ask(work, then)

    def ask_notes(
        self, files: Sequence[str], then: Callable[[Mapping[str, tuple[Problem, ...]]], None]
    ) -> None:
        """Find what the agency might say of these files."""
        work = partial(notes_on, self.desk.workspace, self.business, self.agency, list(files))
        self.desk.jobs.ask(work, then)
