"""``chutdiao qr read``: what a payment code asks for, before it is paid."""

import argparse
from collections.abc import Mapping
from datetime import date

from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.payment_code import read_code
from chutdiao.domain.tax.working import Working


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="PAYLOAD_OR_BARCODE", help="the text of the QR code or barcode")


def _compute(options: argparse.Namespace, working: Working, _today: date) -> Mapping[str, Value]:
    found = read_code(options.code)
    if found.crc_ok is False:
        working.warn("qr.crc")
    result: dict[str, Value] = {"kind": found.kind, "amount": found.amount, "crc_ok": found.crc_ok}
    if found.target:
        result[found.kind] = found.target
    result |= {f"ref{number}": text for number, text in enumerate(found.references, 1) if text}
    return result | {"tags": dict(found.tags)}


_EPILOG = (
    "A barcode may be given with \\r for its line breaks. A wrong CRC is read all the same: crc_ok is false."
)
COMMAND = computed("read", "Read a QR payload or a bill-payment barcode", _arguments, _compute, _EPILOG)
