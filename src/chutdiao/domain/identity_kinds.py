"""What a thirteen-digit number says of its holder, digit by digit."""

from chutdiao.domain.text import LocalText

_CLASSES = {
    "1": LocalText("เกิดและแจ้งเกิดในกำหนด ตั้งแต่ 1 ม.ค. 2527", "Born and reported in time since 1 January 1984"),
    "2": LocalText("เกิดตั้งแต่ 1 ม.ค. 2527 แจ้งเกิดเกินกำหนด", "Born since 1 January 1984 and reported late"),
    "3": LocalText("มีชื่อในทะเบียนบ้านก่อน 31 พ.ค. 2527", "In the house register before 31 May 1984"),
    "4": LocalText("เพิ่มชื่อในทะเบียนบ้าน", "Added to the house register"),
    "5": LocalText("เพิ่มชื่อในทะเบียนบ้าน", "Added to the house register"),
    "6": LocalText("คนต่างด้าวหรือบุตร", "Foreigner or a foreigner's child"),
    "7": LocalText("คนต่างด้าวหรือบุตร", "Foreigner or a foreigner's child"),
    "8": LocalText("แปลงสัญชาติหรือต่างด้าวถาวร", "Naturalised or permanent resident"),
    "9": LocalText("ไม่เคยออกให้บุคคลใด", "Never issued to anybody"),
}
_JURISTIC = {
    "2": LocalText("ห้างหุ้นส่วนสามัญนิติบุคคล", "Registered ordinary partnership"),
    "3": LocalText("ห้างหุ้นส่วนจำกัด", "Limited partnership"),
    "5": LocalText("บริษัทจำกัด", "Limited company"),
    "7": LocalText("บริษัทมหาชนจำกัด", "Public limited company"),
}
_REVENUE = {
    "1": LocalText("คณะบุคคลหรือห้างหุ้นส่วนที่มิใช่นิติบุคคล", "Group or unregistered partnership"),
    "2": LocalText("คณะบุคคลหรือห้างหุ้นส่วนที่มิใช่นิติบุคคล", "Group or unregistered partnership"),
    "3": LocalText("กิจการร่วมค้า มูลนิธิ หรือสมาคม", "Joint venture, foundation or association"),
    "4": LocalText("หน่วยงานของรัฐ", "Public body"),
}
_UNKNOWN = LocalText("", "")


def kind_of(number: str) -> tuple[str, LocalText]:
    """The kind of holder of a bare thirteen-digit number, and what its digits tell.

    Kinds: ``natural``, ``juristic``, ``revenue`` (issued by the Revenue Department), ``foreign-worker``.
    """
    if number.startswith("099"):
        return "revenue", _REVENUE.get(number[3], _UNKNOWN)
    if number.startswith("00"):
        return "foreign-worker", LocalText(
            "เลขของแรงงานต่างด้าว (บัตรสีชมพู)", "Foreign worker's number (pink card)"
        )
    if number.startswith("0"):
        return "juristic", _JURISTIC.get(number[3], _UNKNOWN)
    return "natural", _CLASSES[number[0]]
