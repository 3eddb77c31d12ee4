"""Letters to an agency about the duties the Facilitation Act 2558 lays on it."""

from collections.abc import Mapping

from chutdiao.pdf.paper import Paper

_ACT = "พระราชบัญญัติการอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558"
_SUBJECTS = {
    "late": "ขอทราบเหตุแห่งความล่าช้าและกำหนดแล้วเสร็จ",
    "asked-again": "การเรียกเอกสารเพิ่มเติมภายหลังรับคำขอครบถ้วน",
}
_COPIES = {"late": "สำเนาถึง: คณะกรรมการพัฒนาระบบราชการ (ก.พ.ร.)", "asked-again": ""}


def letter_pdf(facts: Mapping[str, str], *, practice: bool) -> bytes:
    """Print one letter.

    ``facts``: kind (late or asked-again), agency, applicant, identity, form, number, sent_on,
    written_on, complete_on, due_on, over, asked_on, asked; what is missing is left out.
    """
    kind = facts["kind"]
    paper = Paper(_SUBJECTS[kind], practice=practice, foot="ร่างหนังสือของผู้ยื่นคำขอ ตรวจและลงชื่อก่อนส่ง")
    paper.text(f"วันที่ {facts.get('written_on', '')}", indent=300)
    paper.space(10)
    paper.text(f"เรื่อง {_SUBJECTS[kind]}", size=12, bold=True)
    paper.text(f"เรียน {facts.get('agency', '')}", size=12)
    paper.space(8)
    applicant, identity = facts.get("applicant") or "." * 40, facts.get("identity", "")
    who = f"ข้าพเจ้า {applicant}" + (f" เลขประจำตัว {identity}" if identity else "")
    number = f" เลขรับ {facts['number']}" if facts.get("number") else ""
    sent = f" เมื่อวันที่ {facts['sent_on']}" if facts.get("sent_on") else ""
    paper.text(f"{who} ได้ยื่น {facts.get('form', '')}{number}{sent} นั้น", size=12)
    paper.space(4)
    for part in _late(facts) if kind == "late" else _asked_again(facts):
        paper.text(part, size=12)
        paper.space(4)
    paper.text("จึงเรียนมาเพื่อโปรดพิจารณาและแจ้งผลเป็นหนังสือ", size=12)
    paper.space(28)
    paper.text(f"ลงชื่อ {'.' * 40} ผู้ยื่นคำขอ", indent=200)
    paper.text(f"({applicant})", indent=228)
    if _COPIES[kind]:
        paper.space(20)
        paper.text(_COPIES[kind], bold=True)
    return paper.finish()


def _late(facts: Mapping[str, str]) -> tuple[str, ...]:
    complete = f"คำขอครบถ้วนเมื่อวันที่ {facts['complete_on']} และ" if facts.get("complete_on") else ""
    return (
        f"{complete}ครบกำหนดตามคู่มือสำหรับประชาชนเมื่อวันที่ {facts.get('due_on', '')} "
        f"จนถึงวันที่ของหนังสือนี้เกินกำหนดแล้ว {facts.get('over', '')} โดยยังไม่ได้รับแจ้งผล",
        f"มาตรา 10 แห่ง{_ACT} ให้ผู้อนุญาตดำเนินการให้แล้วเสร็จภายในกำหนดเวลาในคู่มือสำหรับประชาชน "
        "หากไม่แล้วเสร็จ ให้แจ้งเหตุแห่งความล่าช้าเป็นหนังสือทุกเจ็ดวันจนกว่าจะพิจารณาแล้วเสร็จ "
        "พร้อมทั้งส่งสำเนาให้คณะกรรมการพัฒนาระบบราชการทราบทุกครั้ง",
        "จึงขอทราบเหตุแห่งความล่าช้าและวันที่คาดว่าจะแล้วเสร็จ",
    )


def _asked_again(facts: Mapping[str, str]) -> tuple[str, ...]:
    asked = f": {facts['asked']}" if facts.get("asked") else ""
    return (
        f"หน่วยงานได้รับคำขอว่าครบถ้วนเมื่อวันที่ {facts.get('complete_on', '')} "
        f"ต่อมาเมื่อวันที่ {facts.get('asked_on', '')} ได้เรียกให้แก้ไขหรือส่งเอกสารเพิ่มเติม{asked}",
        f"มาตรา 8 แห่ง{_ACT} เมื่อคำขอถูกต้องและเอกสารหลักฐานครบถ้วนแล้ว "
        "เจ้าหน้าที่จะเรียกเอกสารหรือหลักฐานเพิ่มเติมอื่นใดอีกไม่ได้ "
        "เว้นแต่ความไม่ถูกต้องหรือไม่ครบถ้วนนั้นเกิดจากความประมาทเลินเล่อหรือทุจริตของเจ้าหน้าที่",
        "จึงขอให้พิจารณาคำขอต่อไปโดยไม่นับการเรียกเพิ่มนี้เป็นเหตุหยุดเวลา หรือแจ้งเหตุตามข้อยกเว้นเป็นหนังสือ",
    )
