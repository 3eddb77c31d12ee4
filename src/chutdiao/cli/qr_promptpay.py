"""``chutdiao qr promptpay``: the code that a bank's app scans to pay."""

import argparse
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from chutdiao.app.save_file import save_bytes
from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.payment_code import build_payload
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.working import Working

_TARGETS = ("mobile", "id", "ewallet", "biller")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mobile", help="a mobile number registered with PromptPay")
    parser.add_argument("--id", help="a citizen's or juristic number registered with PromptPay")
    parser.add_argument("--ewallet", help="an e-wallet number of 15 digits")
    parser.add_argument("--biller", help="a biller id of 15 digits, with --ref1 and perhaps --ref2, --ref3")
    parser.add_argument("--amount", help="baht; the payer fills it in where it is left out")
    for number in (1, 2, 3):
        parser.add_argument(f"--ref{number}", default="", help="capital letters and digits, at most 20")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="also write the code as .png or .svg")


def _compute(options: argparse.Namespace, _working: Working, _today: date) -> Mapping[str, Value]:
    given = [kind for kind in _TARGETS if getattr(options, kind)]
    if len(given) != 1:
        raise ChutdiaoError(Problem("qr.one-target", "--" + (given[1] if given else "mobile")))
    kind = given[0]
    amount = reading.amount(options.amount, "--amount") if options.amount is not None else None
    references = (options.ref1, options.ref2, options.ref3)
    payload = build_payload(kind, getattr(options, kind), amount, references if any(references) else ())
    result: dict[str, Value] = {"payload": payload, "kind": kind, "amount": amount}
    if options.picture:
        _draw(payload, options.picture)
        result["picture"] = str(options.picture)
    return result


def _draw(payload: str, path: Path) -> None:
    import segno

    if path.suffix.lower() not in (".png", ".svg"):
        raise ChutdiaoError(Problem("qr.picture", "--picture", {"value": path.name}))
    drawn = BytesIO()
    segno.make(payload, error="m").save(drawn, kind=path.suffix[1:].lower(), scale=8, border=4)
    save_bytes(str(path), drawn.getvalue())


COMMAND = computed("promptpay", "Build a PromptPay or bill-payment QR code", _arguments, _compute)
