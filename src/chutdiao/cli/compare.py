"""``chutdiao plan ANSWERS.yaml --compare``: the ways side by side, as a table or as PDF."""

from collections.abc import Mapping, Sequence

from chutdiao.app.save_file import save_bytes
from chutdiao.cli.frame import DONE
from chutdiao.domain.duty import DutyBook
from chutdiao.domain.journey.comparison import compare
from chutdiao.domain.journey.comparison_words import ComparisonWords, WordRow, in_words, to_json, to_paper
from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language
from chutdiao.formlib.answers import AnswersFile

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "th": {"steps": "ขั้นตอน", "duties": "หน้าที่ของปี พ.ศ. {year}", "chosen": "ที่ตอบไว้"},
    "en": {"steps": "Steps", "duties": "Duties of {year}", "chosen": "as answered"},
}


def show(
    read: AnswersFile, book: DutyBook, language: Language, *, quiet: bool, pdf: str
) -> tuple[int, Mapping[str, Json]]:
    """Compare what the answers file leaves open to compare; writes the PDF where one is asked for."""
    found = compare(read.journey, read.answers, read.context, book, read.not_sure)
    made = to_json(found, language)
    if pdf:
        from chutdiao.pdf.comparison import comparison_pdf

        made["pdf"] = save_bytes(pdf, comparison_pdf(to_paper(found, language), language, practice=False))
    if not quiet:
        _print(in_words(found, language), language)
    return DONE, made


def _print(words: ComparisonWords, language: Language) -> None:
    said = _WORDS[language]
    print(words.title)
    for place, head in enumerate(words.heads):
        chosen = f" ({said['chosen']})" if words.chosen[place] else ""
        print(f"\n{head}{chosen}")
        _rows(words.summary, place)
    for name, rows in (("steps", words.steps), ("duties", words.duties)):
        print(f"\n{said[name].format(year=words.year)}")
        for row in rows:
            cells = " | ".join(f"{head}: {cell}" for head, cell in zip(words.heads, row.cells, strict=True))
            print(f"   {'*' if row.differs else '-'} {row.label}: {cells}")


def _rows(rows: Sequence[WordRow], place: int) -> None:
    for row in rows:
        print(f"   {row.label}: {row.cells[place]}")
