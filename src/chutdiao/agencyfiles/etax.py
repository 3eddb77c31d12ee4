"""Electronic tax invoices (ETDA ขมธอ.3-2560) read into rows of the input tax report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from chutdiao.agencyfiles.tables import read_bounded
from chutdiao.domain.agencyfile import Sheet
from chutdiao.domain.problem import ChutdiaoError, Problem

MAX_BYTES = 20_000_000
MAX_DEPTH = 60
_ROOT = "_CrossIndustryInvoice"
_THAILAND = timezone(timedelta(hours=7))
TITLES = ("invoice_date", "invoice_no", "seller_name", "partner_id", "partner_branch", "value", "vat")


@dataclass(frozen=True, slots=True)
class Invoice:
    """What one document says, as text; ``value`` and ``vat`` are as written, never negative for a note."""

    name: str
    code: str
    day: str
    number: str
    seller: str
    seller_id: str
    seller_branch: str
    buyer_id: str
    currency: str
    value: Decimal
    vat: Decimal

    def sheet(self, sign: int) -> Sheet:
        """The invoice as a table of one row."""
        amounts = (f"{sign * self.value:f}", f"{sign * self.vat:f}")
        row = (self.day, self.number, self.seller, self.seller_id, self.seller_branch, *amounts)
        return Sheet(self.name, TITLES, [(1, row)])


def read_invoice(path: Path) -> Invoice:
    """Read one document without following anything it points at; raises ChutdiaoError."""
    root = _parsed(path)
    document, deal = _need(root, "ExchangedDocument", path), _need(root, "SupplyChainTradeTransaction", path)
    agreement = _need(deal, "ApplicableHeaderTradeAgreement", path)
    settled = _need(deal, "ApplicableHeaderTradeSettlement", path)
    seller = _need(agreement, "SellerTradeParty", path)
    buyer = _first(agreement, "BuyerTradeParty")
    sums = _need(settled, "SpecifiedTradeSettlementHeaderMonetarySummation", path)
    seller_id, seller_branch = _registration(seller)
    return Invoice(
        name=path.name,
        code=_text(document, "TypeCode"),
        day=_day(_text(document, "IssueDateTime"), path),
        number=_text(document, "ID"),
        seller=_text(seller, "Name"),
        seller_id=seller_id,
        seller_branch=seller_branch,
        buyer_id=_registration(buyer)[0] if buyer is not None else "",
        currency=_text(settled, "InvoiceCurrencyCode") or "THB",
        value=_value(sums, path),
        vat=_amount(sums, "TaxTotalAmount", path) or Decimal("0.00"),
    )


def _value(sums: Any, path: Path) -> Decimal:
    """A note is entered with its difference; an invoice with what the tax was reckoned on."""
    for name in ("DifferenceInformationAmount", "TaxBasisTotalAmount", "LineTotalAmount"):
        found = _amount(sums, name, path)
        if found is not None:
            return found
    raise _broken(path, "TaxBasisTotalAmount")


def _parsed(path: Path) -> Any:
    data = read_bounded(path, MAX_BYTES)
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise ChutdiaoError(Problem("etax.unsafe", path.name, {"name": path.name})) from None
    except (ParseError, ValueError, LookupError) as error:
        values = {"name": path.name, "reason": str(error)[:120]}
        raise ChutdiaoError(Problem("etax.not-xml", path.name, values)) from None
    if not _local(root).endswith(_ROOT) or _depth(root) > MAX_DEPTH:
        raise ChutdiaoError(
            Problem("etax.not-etax", path.name, {"name": path.name, "root": _local(root)[:60]})
        )
    return root


def _depth(root: Any) -> int:
    """How deep elements lie, counted without recursion; stops just beyond the limit."""
    level, row = 0, [root]
    while row and level <= MAX_DEPTH:
        level, row = level + 1, [child for node in row for child in node]
    return level


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _children(node: Any, name: str) -> Iterator[Any]:
    return (child for child in node if _local(child) == name)


def _first(node: Any, name: str) -> Any | None:
    return next(_children(node, name), None)


def _need(node: Any, name: str, path: Path) -> Any:
    found = _first(node, name)
    if found is None:
        raise _broken(path, name)
    return found


def _broken(path: Path, name: str) -> ChutdiaoError:
    return ChutdiaoError(Problem("etax.missing", f"{path.name}:{name}", {"name": path.name, "field": name}))


def _text(node: Any, name: str) -> str:
    found = _first(node, name)
    return (found.text or "").strip() if found is not None else ""


def _amount(node: Any, name: str, path: Path) -> Decimal | None:
    text = _text(node, name)
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= Decimal(10) ** 15 or found.as_tuple().exponent < -10:  # type: ignore[operator]
        values = {"name": path.name, "field": name, "value": text[:60]}
        raise ChutdiaoError(Problem("etax.amount", f"{path.name}:{name}", values))
    return found


def _registration(party: Any) -> tuple[str, str]:
    """The tax id and the branch: TXID holds thirteen digits and five, a citizen's number thirteen."""
    for registration in _children(party, "SpecifiedTaxRegistration"):
        text = _text(registration, "ID")
        if len(text) == 18 and text.isascii() and text.isdigit():
            return text[:13], text[13:]
        if text:
            return text, ""
    return "", ""


def _day(text: str, path: Path) -> str:
    """The day in Thailand; a time without offset is Thai time already."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        values = {"name": path.name, "field": "IssueDateTime", "value": text[:60]}
        raise ChutdiaoError(Problem("etax.amount", f"{path.name}:IssueDateTime", values)) from None
    return (moment.astimezone(_THAILAND) if moment.tzinfo else moment).date().isoformat()
