"""The document an agency issues at the end of a case."""

from collections.abc import Mapping

from chutdiao.pdf.paper import Paper


def licence_pdf(facts: Mapping[str, str], *, practice: bool) -> bytes:
    """Print an issued document.

    ``facts``: title, number, holder, business, place, agency, issued_on, expires_on, law; what
    is missing is left out.
    """
    foot = "" if not practice else "ออกโดยศูนย์ฝึกหัดในเครื่องนี้"
    paper = Paper(facts.get("title", ""), practice=practice, foot=foot)
    paper.space(24)
    paper.text(facts.get("title", ""), size=22, bold=True)
    paper.text(facts.get("agency", ""), size=13, muted=True)
    paper.space(18)
    labels = {
        "number": "เลขที่",
        "holder": "ออกให้แก่",
        "business": "ชื่อที่ใช้ในการประกอบกิจการ",
        "place": "สถานที่",
        "issued_on": "ออกเมื่อวันที่",
        "expires_on": "ใช้ได้ถึงวันที่",
        "law": "ตามกฎหมาย",
    }
    paper.pairs([(label, facts[key]) for key, label in labels.items() if facts.get(key)])
    paper.space(20)
    paper.text("ตรวจความถูกต้องด้วยลายมือชื่อดิจิทัลที่แยกไว้คู่กับไฟล์นี้", size=9.5, muted=True)
    return paper.finish()
