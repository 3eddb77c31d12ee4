"""What goes on top of a paper filing: the checklist and the power of attorney."""

from chutdiao.domain.form import FormSpec, Requirement
from chutdiao.domain.text import Language
from chutdiao.pdf.paper import Paper

_WORDS = {
    "th": {
        "cover": "ใบนำส่งและรายการตรวจเอกสาร",
        "bring": "เอกสารที่ต้องนำไป",
        "leave": "เอกสารที่ไม่ต้องนำไป",
        "why": "เจ้าหน้าที่ตรวจจากทะเบียนได้ จึงไม่ต้องแนบสำเนา",
        "copies": "จำนวนชุดที่ยื่น",
        "where": "ยื่นที่",
        "business": "ผู้ยื่น",
        "after": "หลังยื่น: จดเลขรับและวันที่ แล้วบันทึกในโปรแกรม",
        "number": "เลขรับ .................................... วันที่ ..............................",
    },
    "en": {
        "cover": "Cover sheet and checklist",
        "bring": "Bring",
        "leave": "Need not be brought",
        "why": "The officer can look it up, so no copy is attached",
        "copies": "Copies to file",
        "where": "File at",
        "business": "Filed by",
        "after": "Afterwards: note the number and date, and record them in the program",
        "number": "Number .................................... Date ..............................",
    },
}


def cover_pdf(
    form: FormSpec,
    requirements: tuple[Requirement, ...],
    office: str,
    applicant: str,
    language: Language,
    practice: bool,
) -> bytes:
    """Print the checklist of one filing: what to bring, what not to bring and under which law."""
    words = _WORDS[language]
    paper = Paper(words["cover"], practice=practice)
    paper.text(words["cover"], size=17, bold=True)
    paper.text(f"{form.code} {form.title.to(language)}".strip(), size=13, bold=True)
    paper.pairs(
        [
            (words["business"], applicant),
            (words["where"], office),
            (words["copies"], str(form.copies)),
        ]
    )
    paper.heading(words["bring"])
    for requirement in requirements:
        if requirement.bring:
            _line(paper, requirement, language)
    left = [r for r in requirements if not r.bring]
    if left:
        paper.heading(words["leave"])
        for requirement in left:
            _line(paper, requirement, language, tick=False)
        paper.text(words["why"], size=10, muted=True)
    paper.space(18)
    paper.text(words["after"], bold=True)
    paper.space(8)
    paper.text(words["number"])
    return paper.finish()


def _line(paper: Paper, requirement: Requirement, language: Language, *, tick: bool = True) -> None:
    paper.room(34)
    if tick:
        paper.canvas.setStrokeColorRGB(0.3, 0.34, 0.4)
        paper.canvas.rect(58, paper.y - 17, 10, 10)
    else:
        paper.ink(muted=True)
        paper.canvas.line(58, paper.y - 12, 68, paper.y - 12)
    paper.text(requirement.label.to(language), indent=20)
    detail = " · ".join(
        part for part in (requirement.note.to(language) if requirement.note else "", requirement.law) if part
    )
    if detail:
        paper.text(detail, size=9.5, muted=True, indent=20)


def power_of_attorney_pdf(form: FormSpec, applicant: str, identity: str, practice: bool) -> bytes:
    """Print a power of attorney for this filing, with the stamp duty it needs said at its head.

    One person for one act: 10 baht (Revenue Code, stamp duty schedule, item 7 (ก)).
    """
    paper = Paper("หนังสือมอบอำนาจ", practice=practice, foot="ปิดอากรแสตมป์ 10 บาท (มอบให้ทำการครั้งเดียว)")
    paper.text("หนังสือมอบอำนาจ", size=18, bold=True)
    paper.text("ติดอากรแสตมป์ 10 บาท", size=9.5, muted=True)
    paper.space(14)
    blank = "." * 40
    paper.text(f"เขียนที่ {blank}", indent=240)
    paper.text(f"วันที่ {blank}", indent=240)
    paper.space(12)
    body = (
        f"ข้าพเจ้า {applicant or blank} เลขประจำตัวประชาชน {identity or blank} "
        f"ขอมอบอำนาจให้ {blank} เลขประจำตัวประชาชน {blank} อยู่ที่ {blank}{blank} "
        f"เป็นผู้ยื่น {form.code} {form.title.th} แก้ไขเพิ่มเติมข้อความ รับเอกสาร "
        "และลงลายมือชื่อรับทราบแทนข้าพเจ้าในเรื่องนี้จนเสร็จการ"
    )
    paper.text(body, indent=0, size=12)
    paper.space(6)
    paper.text("การใดที่ผู้รับมอบอำนาจได้ทำไปตามหนังสือนี้ ให้ถือเสมือนข้าพเจ้าได้ทำด้วยตนเอง", size=12)
    for who in ("ผู้มอบอำนาจ", "ผู้รับมอบอำนาจ", "พยาน", "พยาน"):
        paper.space(22)
        paper.text(f"ลงชื่อ {blank}{who}", indent=170)
        paper.text(f"({blank})", indent=198)
    return paper.finish()
