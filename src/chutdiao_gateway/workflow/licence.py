"""The words a licence is printed with, taken from the submission it answers."""

from datetime import date

from chutdiao.contracts.envelope import Envelope
from chutdiao.domain.dates import show_date
from chutdiao.domain.form import FieldType, FormSpec
from chutdiao.domain.typed import show_value
from chutdiao_gateway.storage.cases import CaseRow
from chutdiao_gateway.workflow.judge import Judge


def licence_number(case: CaseRow) -> str:
    """The number of the licence, made from the number of its case."""
    head, _, rest = case.number.partition("-")
    return f"{head}-L-{rest}"


def licence_facts(
    judge: Judge, form: FormSpec, envelope: Envelope, case: CaseRow, day: date
) -> dict[str, str]:
    """What the licence says: to whom, for what and where."""
    return {
        "title": form.title.th,
        "number": licence_number(case),
        "holder": _shown(judge, form, envelope, FieldType.NAME, "business.owner") or envelope.business.name,
        "business": envelope.business.name,
        "place": _shown(judge, form, envelope, FieldType.ADDRESS, "business.premises"),
        "agency": envelope.authority or envelope.agency,
        "issued_on": show_date(day, long=True),
        "law": form.law,
    }


def _shown(judge: Judge, form: FormSpec, envelope: Envelope, kind: FieldType, about: str) -> str:
    """The first answer of a kind in a section about a role, else in any section."""
    sections = sorted(form.sections, key=lambda section: section.about != about)
    for section in sections:
        for field in section.fields:
            value = envelope.answers.get(field.id)
            if field.type is kind and value:
                return show_value(field, value, "th", judge.label)
    return ""
