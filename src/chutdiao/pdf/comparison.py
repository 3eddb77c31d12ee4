"""The comparison on paper: totals, steps and yearly duties, a column for each way."""

from collections.abc import Mapping

from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language
from chutdiao.pdf.paper import Paper

_WORDS = {
    "th": {"page": "เปรียบเทียบรูปแบบกิจการ", "summary": "โดยรวม", "steps": "ขั้นตอนเปิดกิจการ",
           "duties": "หน้าที่ของปี พ.ศ. {year}", "row": "รายการ",
           "note": "ค่าธรรมเนียมและเวลาของท้องถิ่นยังไม่ยืนยัน เวลาที่ไม่ทราบไม่ได้นับ "
                   "นับรอบบัญชีตามปีปฏิทิน"},
    "en": {"page": "Ways to run the business, compared", "summary": "In all", "steps": "Steps to open",
           "duties": "Duties of {year}", "row": "What",
           "note": "Local fees and times are not confirmed; unknown times are not counted; "
                   "the accounting year is taken as the calendar year"},
}  # fmt: skip
_LABEL = 1.6


def comparison_pdf(comparison: Mapping[str, Json], language: Language, practice: bool) -> bytes:
    """Print a comparison given in words."""
    words = _WORDS[language]
    paper = Paper(words["page"], practice=practice)
    paper.text(words["page"], size=18, bold=True)
    paper.text(str(comparison.get("title", "")), size=12, muted=True)
    heads = [str(head) for head in _list(comparison.get("heads"))]
    shares = [_LABEL, *(1.0 for _ in heads)]
    for part in ("summary", "steps", "duties"):
        rows = [[str(cell) for cell in _list(row)] for row in _list(comparison.get(part))]
        if rows:
            paper.heading(words[part].format(year=comparison.get("year", "")))
            paper.table([words["row"], *heads], rows, shares=shares)
            paper.space(8)
    paper.text(words["note"], size=9, muted=True)
    return paper.finish()


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []
