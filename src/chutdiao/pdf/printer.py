"""The printer the window and the command line use: forms checked, then drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from chutdiao.app.ports import Answers, Clock, FormShelf, ReferenceTables
from chutdiao.domain.check import Context, FormState, evaluate
from chutdiao.domain.form import FormSpec
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import Json, Problem
from chutdiao.domain.text import Language


class PdfPrinter:
    """Draws every paper of the program; each method returns the bytes of a PDF."""

    def __init__(
        self, shelf: FormShelf, tables: ReferenceTables, parameters: Parameters, clock: Clock
    ) -> None:
        self._shelf = shelf
        self._tables = tables
        self._parameters = parameters
        self._clock = clock

    def sheet(self, form: FormSpec, answers: Answers, language: Language, practice: bool) -> bytes:
        from chutdiao.pdf.render import sheet_pdf

        return sheet_pdf(form, self._state(form, answers), self._map(form), self._tables, language, practice)

    def blank(self, form: FormSpec, answers: Answers, blank: Path, practice: bool) -> bytes:
        """Fill the agency's own blank. Raises ChutdiaoError where the file is not that blank."""
        from chutdiao.pdf.blank import fill_blank

        state = self._state(form, answers)
        return fill_blank(form, state, self._map(form), blank, self._tables, practice)

    def cover(self, form: FormSpec, answers: Answers, practice: bool) -> bytes:
        from chutdiao.pdf.cover import cover_pdf
        from chutdiao.pdf.filing import applicant_of, office_of

        state = self._state(form, answers)
        documents = state.requirements()
        office = office_of(form, state, self._shelf.agencies())
        return cover_pdf(form, documents, office, applicant_of(form, state)[0], "th", practice)

    def power_of_attorney(self, form: FormSpec, answers: Answers, practice: bool) -> bytes:
        from chutdiao.pdf.cover import power_of_attorney_pdf
        from chutdiao.pdf.filing import applicant_of

        name, identity = applicant_of(form, self._state(form, answers))
        return power_of_attorney_pdf(form, name, identity, practice)

    def letter(self, form: FormSpec, answers: Answers, facts: Mapping[str, str], practice: bool) -> bytes:
        """Write to the agency in the name of who filed the form."""
        from chutdiao.pdf.filing import applicant_of
        from chutdiao.pdf.letter import letter_pdf

        name, identity = applicant_of(form, self._state(form, answers))
        return letter_pdf({**facts, "applicant": name, "identity": identity}, practice=practice)

    def plan(self, plan: Mapping[str, Json], language: Language, practice: bool) -> bytes:
        from chutdiao.pdf.plan import plan_pdf, said

        return plan_pdf(plan, said(plan.get("title"), language), language, practice)

    def comparison(self, comparison: Mapping[str, Json], language: Language, practice: bool) -> bytes:
        from chutdiao.pdf.comparison import comparison_pdf

        return comparison_pdf(comparison, language, practice)

    def joined(self, pdfs: Sequence[bytes]) -> bytes:
        from chutdiao.pdf.joining import joined

        return joined(pdfs)

    def page_image(self, pdf: bytes, page: int, width: int) -> tuple[bytes, int, int]:
        from chutdiao.pdf.preview import page_image

        return page_image(pdf, page, width)

    def inspect(self, data: bytes, name: str) -> tuple[str, int, tuple[Problem, ...]]:
        from chutdiao.pdf.inspect import inspect

        return inspect(data, name)

    def _context(self) -> Context:
        return Context(today=self._clock.now().date(), parameters=self._parameters)

    def _state(self, form: FormSpec, answers: Answers) -> FormState:
        return evaluate(form, answers, self._context())

    def _map(self, form: FormSpec) -> Mapping[str, Json]:
        return self._shelf.print_map(form.id, form.version)
