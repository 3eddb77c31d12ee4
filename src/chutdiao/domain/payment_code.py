"""PromptPay and bill-payment codes: EMVCo tags with a CRC, and the cross-bank barcode, built and read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from chutdiao.domain.ids import read_identity, read_phone
from chutdiao.domain.money import round_to
from chutdiao.domain.problem import ChutdiaoError, Problem

TRANSFER, BILL = "A000000677010111", "A000000677010112"
_REFERENCE = re.compile(r"[A-Z0-9]{1,20}")
_BARCODE_REFERENCE = re.compile(r"[A-Za-z0-9]{1,20}")
_MOST = Decimal("9999999999.99")


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """What a code says; ``kind`` is mobile, id, ewallet, biller or other; without ``amount`` it is open.

    ``crc_ok`` is None for a barcode, which has none.
    """

    kind: str
    target: str
    amount: Decimal | None = None
    references: tuple[str, ...] = ()
    crc_ok: bool | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


def checksum(payload: str) -> str:
    """CRC-16/CCITT-FALSE in four upper-case hexadecimal digits, over everything up to ``6304``."""
    crc = 0xFFFF
    for byte in payload.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
            crc &= 0xFFFF
    return f"{crc:04X}"


def build_payload(kind: str, target: str, amount: Decimal | None, references: tuple[str, ...]) -> str:
    """The text of a QR code. Raises ChutdiaoError naming the option that cannot be used."""
    value = _target(kind, target)
    if kind != "biller" and references:
        raise ChutdiaoError(Problem("qr.references", "--ref1"))
    if amount is not None and not 0 < amount <= _MOST:
        raise ChutdiaoError(Problem("qr.amount", "--amount", {"value": f"{amount}"}))
    account = _account(kind, value, references)
    parts = [_tag("00", "01"), _tag("01", "11" if amount is None else "12"), account, _tag("53", "764")]
    if amount is not None:
        parts.append(_tag("54", f"{round_to(amount, 'satang'):f}"))
    parts.append(_tag("58", "TH"))
    if len(references) > 2 and references[2]:
        parts.append(_tag("62", _tag("07", _reference(references[2], "--ref3"))))
    payload = "".join(parts) + "6304"
    return payload + checksum(payload)


def _tag(number: str, value: str) -> str:
    return f"{number}{len(value):02d}{value}"


def _account(kind: str, value: str, references: tuple[str, ...]) -> str:
    if kind != "biller":
        sub = {"mobile": "01", "id": "02", "ewallet": "03"}[kind]
        return _tag("29", _tag("00", TRANSFER) + _tag(sub, value))
    if not references or not references[0]:
        raise ChutdiaoError(Problem("qr.first-reference", "--ref1"))
    inside = _tag("00", BILL) + _tag("01", value) + _tag("02", _reference(references[0], "--ref1"))
    if len(references) > 1 and references[1]:
        inside += _tag("03", _reference(references[1], "--ref2"))
    return _tag("30", inside)


def _reference(text: str, option: str) -> str:
    value = text.strip().upper()
    if not _REFERENCE.fullmatch(value):
        raise ChutdiaoError(Problem("qr.reference", option, {"value": text}))
    return value


def _target(kind: str, text: str) -> str:
    if kind == "mobile":
        phone = read_phone(text)
        if isinstance(phone, Problem) or not re.fullmatch(r"0[689]\d{8}", phone):
            raise ChutdiaoError(Problem("qr.mobile", "--mobile", {"value": text}))
        return f"0066{phone[1:]}"
    digits = re.sub(r"[\s-]", "", text)
    if kind == "id":
        number = read_identity(text)
        if isinstance(number, Problem):
            raise ChutdiaoError(Problem(number.code, "--id", number.values))
        digits = number
    lengths = {"id": 13, "ewallet": 15, "biller": 15}
    if not (digits.isascii() and digits.isdigit() and len(digits) == lengths[kind]):
        values = {"value": text, "count": str(lengths[kind])}
        raise ChutdiaoError(Problem("qr.digits", f"--{kind}", values))
    return digits


def read_code(text: str) -> PaymentCode:
    """Read a QR payload or a cross-bank barcode. Raises ChutdiaoError where it is neither.

    A payload whose CRC is wrong is read all the same and says so.
    """
    plain = text.replace("\\r", "\r").replace("\n", "\r")
    return _read_barcode(plain) if plain.startswith("|") else _read_payload(plain.strip())


def _read_barcode(text: str) -> PaymentCode:
    parts = text[1:].split("\r")
    biller, first, second, amount = (*parts, "", "", "")[:4]
    if (
        not re.fullmatch(r"\d{15}", biller)
        or not _BARCODE_REFERENCE.fullmatch(first)
        or (amount and not amount.isdigit())
        or len(parts) > 4
    ):
        raise ChutdiaoError(Problem("qr.barcode", "PAYLOAD"))
    value = Decimal(amount) / 100 if amount and int(amount) else None
    return PaymentCode("biller", biller, value, tuple(part for part in (first, second) if part))


def _read_payload(text: str) -> PaymentCode:
    tags = _tags(text)
    if tags.get("00") != "01" or "63" not in tags or not text.isascii():
        raise ChutdiaoError(Problem("qr.payload", "PAYLOAD"))
    crc_ok = text[-8:-4] == "6304" and checksum(text[:-4]) == text[-4:].upper()
    kind, target, references = _account_of(tags)
    extra = _tags(tags["62"]).get("07", "") if "62" in tags else ""
    if extra:
        references = (*references, *[""] * (2 - len(references)), extra)
    return PaymentCode(kind, target, _amount(tags.get("54", "")), references, crc_ok, tags)


def _tags(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"\d{4}", head, re.ASCII):
            raise ChutdiaoError(Problem("qr.payload", "PAYLOAD"))
        end = at + 4 + int(head[2:])
        if end > len(text):
            raise ChutdiaoError(Problem("qr.payload", "PAYLOAD"))
        found[head[:2]] = text[at + 4 : end]
        at = end
    return found


def _account_of(tags: Mapping[str, str]) -> tuple[str, str, tuple[str, ...]]:
    if "30" in tags:
        inside = _tags(tags["30"])
        if inside.get("00") == BILL:
            references = (inside.get("02", ""), inside.get("03", ""))
            return "biller", inside.get("01", ""), references if references[1] else references[:1]
    if "29" in tags:
        inside = _tags(tags["29"])
        for sub, kind in (("01", "mobile"), ("02", "id"), ("03", "ewallet")):
            if inside.get("00") == TRANSFER and sub in inside:
                value = inside[sub]
                return kind, "0" + value[4:] if kind == "mobile" and value.startswith("0066") else value, ()
    return "other", "", ()


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,10}(\.\d{1,2})?", text, re.ASCII):
        raise ChutdiaoError(Problem("qr.payload", "PAYLOAD"))
    return Decimal(text)
