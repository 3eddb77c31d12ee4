"""The roadmap on paper: every step in order with why, where, fee, days and documents."""

from collections.abc import Mapping

from chutdiao.domain.problem import Json
from chutdiao.domain.text import Language
from chutdiao.pdf.paper import Paper

_WORDS = {
    "th": {"plan": "แผนที่ขั้นตอน", "why": "เหตุผล", "law": "กฎหมาย", "agency": "หน่วยงาน",
           "fee": "ค่าธรรมเนียม", "days": "เวลา", "finish": "คาดว่าเสร็จ", "bring": "เอกสาร",
           "renewal": "การต่ออายุ", "not": "ไม่ต้องทำ", "open": "ยังต้องตอบ", "doubt": "ยังไม่ยืนยัน"},
    "en": {"plan": "Roadmap", "why": "Why", "law": "Law", "agency": "Agency", "fee": "Fee",
           "days": "Time", "finish": "Expected finish", "bring": "Documents",
           "renewal": "Renewal", "not": "Not needed", "open": "Still to answer", "doubt": "not verified"},
}  # fmt: skip


def plan_pdf(plan: Mapping[str, Json], title: str, language: Language, practice: bool) -> bytes:
    """Print a plan given as ``chutdiao plan --json`` prints it."""
    words = _WORDS[language]
    paper = Paper(words["plan"], practice=practice)
    paper.text(title or words["plan"], size=18, bold=True)
    steps = plan.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else [], 1):
        if isinstance(step, dict):
            _step(paper, number, step, words, language)
    for name in ("open_questions", "excluded"):
        rows = plan.get(name)
        if isinstance(rows, list) and rows:
            paper.heading(words["open" if name == "open_questions" else "not"])
            for row in rows:
                paper.text(_excluded(row, language), size=10)
    return paper.finish()


def _step(
    paper: Paper, number: int, step: Mapping[str, Json], words: Mapping[str, str], language: Language
) -> None:
    paper.heading(f"{number}. {said(step.get('title'), language)}")
    if step.get("why"):
        paper.text(said(step["why"], language), size=10.5)
    doubt = f" ({words['doubt']})" if step.get("confidence") in ("low", "medium") else ""
    days = f"{step.get('days')} {said(step.get('unit'), language)}" if step.get("days") else ""
    rows = [
        (words["agency"], said(step.get("agency"), language)),
        (words["law"], said(step.get("law"), language)),
        (words["fee"], said(step.get("fee"), language) + doubt),
        (words["days"], days),
        (words["finish"], said(step.get("finish"), language)),
        (words["renewal"], said(step.get("renewal"), language)),
    ]
    paper.pairs([row for row in rows if row[1].strip()])
    documents = step.get("documents")
    if isinstance(documents, list) and documents:
        paper.text(words["bring"], size=9, muted=True)
        for document in documents:
            paper.text("• " + _document(document, language), size=10, indent=8)


def _document(document: Json, language: Language) -> str:
    if not isinstance(document, dict):
        return said(document, language)
    name = said(document.get("label") or document.get("title") or document.get("id"), language)
    if document.get("bring") in (False, "no"):
        skip = "ไม่ต้องนำไป" if language == "th" else "need not be brought"
        return f"{name} — {skip} {said(document.get('law'), language)}".strip()
    return name


def _excluded(row: Json, language: Language) -> str:
    if not isinstance(row, dict):
        return said(row, language)
    name = said(row.get("title") or row.get("id"), language)
    why = said(row.get("why") or "", language)
    return f"{name}: {why}" if why else name


def said(value: Json, language: Language) -> str:
    """Return a value of a plan as words: texts by language, ranges with a dash."""
    if value is None:
        return ""
    if isinstance(value, dict):
        if "th" in value or "en" in value:
            return str(value.get(language) or value.get("th") or "")
        if "low" in value or "high" in value:
            low, high = str(value.get("low", "")), str(value.get("high", ""))
            return f"{low} บาท" if low == high else f"{low}–{high} บาท"
        return " ".join(said(part, language) for part in value.values())
    if isinstance(value, list):
        return ", ".join(said(part, language) for part in value)
    return str(value)
