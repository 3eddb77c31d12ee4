"""``chutdiao tax pit``: personal income tax of a year or of its first half."""

import argparse
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from chutdiao.cli import reading
from chutdiao.cli.computed import computed
from chutdiao.cli.outcome import Value
from chutdiao.domain.dates import BUDDHIST
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao.domain.tax.allowances import Claim
from chutdiao.domain.tax.annual import DIVIDEND, DONATIONS, Assessed, Income, Return, assess
from chutdiao.domain.tax.personal import tax_on_net
from chutdiao.domain.tax.working import Working
from chutdiao.domain.text import clean

# The words of withholding at source serve here too.
_ALIASES = {
    "salary": "40-1",
    "commission": "40-2",
    "royalty": "40-3",
    "interest": "40-4",
    "rent": "40-5",
    "professional": "40-6",
    "hire-of-work": "40-7",
    "performer": "40-8-performer",
}
_COUNTED = re.compile(r"(.+?)\s*[x×*]\s*(\d{1,3})")
_DIVIDEND_OF = re.compile(rf"{DIVIDEND}-(\d{{1,2}}(?:\.\d+)?)")


def _arguments(parser: argparse.ArgumentParser) -> None:
    many = {"action": "append", "default": [], "metavar": "CODE"}
    parser.add_argument("--year", help="tax year, for example 2569; this year when left out")
    parser.add_argument("--net", help="net income, where it is already known")
    parser.add_argument("--income", help="CODE=AMOUNT, once for each kind of income", **many)
    parser.add_argument("--expense", help="CODE=AMOUNT, real expenses in place of the flat deduction", **many)
    parser.add_argument("--allow", help="CODE, CODE=AMOUNT paid, or CODEx2 for two heads", **many)
    parser.add_argument("--married", action="store_true", help="married all year; only for who must file")
    parser.add_argument("--half", action="store_true", help="the first half of the year, ภ.ง.ด.94")
    parser.add_argument("--withheld", default="0", help="tax withheld at source")
    parser.add_argument("--half-paid", default="0", help="tax paid with ภ.ง.ด.94 or ภ.ง.ด.93")
    parser.add_argument("--separate", default="0", help="income taxed apart; counts for fund limits only")


def _codes(parameters: Parameters) -> str:
    """Every code of an income and of an allowance, from the tables themselves."""
    rows = [(row["code"], row["en"]) for row in parameters.table("pit.incomes", date.max).value]
    rows += [(f"{DIVIDEND}-20", "dividend of a company taxed at 20 % (or any rate), with tax credit")]
    claims = {row["code"]: row["en"] for row in parameters.table("pit.allowances", date.max).value}
    for dated in parameters.tables["pit.allowances_of_year"]:
        for row in dated.value:
            said = claims.get(row["code"], row["en"])
            claims[row["code"]] = f"{said}, {dated.start.year + BUDDHIST}"
    claims |= {DONATIONS[0]: "donations, counted once", DONATIONS[1]: "donations, counted twice"}
    return "\n".join(
        [
            "--income and --expense:",
            *(f"  {code:<22} {said}" for code, said in rows),
            "  also: " + ", ".join(f"{word} ({code})" for word, code in _ALIASES.items()),
            "  Exempt income (age65, disabled-self) is taken from incomes in the order given.",
            "--allow:",
            *(f"  {code:<22} {said}" for code, said in claims.items()),
        ]
    )


def _pair(text: str, option: str) -> tuple[str, str]:
    """``CODE=AMOUNT`` taken apart; ``40(1)`` is read as ``40-1``."""
    code, _, amount = clean(text).partition("=")
    code = re.sub(r"^40\((\d)\)", r"40-\1", code.strip().casefold())
    if not code:
        raise ChutdiaoError(Problem("tax.pair", option, {"value": text}))
    return _ALIASES.get(code, code), amount.strip()


def _amounts(texts: Sequence[str], option: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for text in texts:
        code, amount = _pair(text, option)
        if not amount:
            raise ChutdiaoError(Problem("tax.pair", option, {"value": text}))
        found[code] = found.get(code, Decimal(0)) + reading.amount(amount, option)
    return found


def _incomes(options: argparse.Namespace) -> list[Income]:
    amounts = _amounts(options.income, "--income")
    expenses = _amounts(options.expense, "--expense")
    for code in expenses:
        if code not in amounts:
            raise ChutdiaoError(Problem("tax.expense-alone", "--expense", {"value": code}))
    found = []
    for code, amount in amounts.items():
        credit = _DIVIDEND_OF.fullmatch(code)
        if credit:
            found.append(Income(DIVIDEND, amount, expenses.get(code), Decimal(credit[1])))
        else:
            found.append(Income(code, amount, expenses.get(code)))
    return found


def _claims(texts: Sequence[str], known: Mapping[str, object]) -> list[Claim]:
    found = []
    for text in texts:
        code, amount = _pair(text, "--allow")
        counted = None if code in known else _COUNTED.fullmatch(code)
        if counted:
            found.append(Claim(counted[1], heads=int(counted[2])))
        elif amount:
            found.append(Claim(code, reading.amount(amount, "--allow")))
        elif code in DONATIONS:
            raise ChutdiaoError(Problem("tax.allowance-amount", "--allow", {"value": code}))
        else:
            found.append(Claim(code, heads=1))
    return found


def _compute(options: argparse.Namespace, working: Working, today: date) -> Mapping[str, Value]:
    year = reading.year(options.year, "--year") if options.year else today.year
    on = date(year, 12, 31)
    if options.net is not None or not options.income:
        if options.income:
            raise ChutdiaoError(Problem("tax.net-or-income", "--net"))
        net = reading.amount(options.net, "--net" if options.allow == [] else "--income")
        return {"year_be": year + BUDDHIST, "net": net, "tax": tax_on_net(net, on, working)}
    tables = working.parameters
    known = {row["code"]: row for row in tables.table("pit.allowances", on).value}
    declared = Return(
        _incomes(options),
        _claims(options.allow, known),
        options.married or any(text.strip().casefold().startswith("spouse") for text in options.allow),
        options.half,
        reading.amount(options.withheld, "--withheld"),
        reading.amount(options.half_paid, "--half-paid"),
        reading.amount(options.separate, "--separate"),
    )
    if not any(claim.code == "personal" for claim in declared.claims):
        working.warn("tax.no-personal")
    return {"year_be": year + BUDDHIST} | _shown(assess(declared, on, working))


def _shown(found: Assessed) -> dict[str, Value]:
    result: dict[str, Value] = {"form": found.form}
    if found.must_file is not None:
        result["must_file"] = found.must_file
    result |= {
        "gross": found.gross,
        "exempt": found.exempt,
        "expenses": found.expenses,
        "allowances": found.allowances,
        "granted": dict(found.granted),
        "donations": found.donations,
        "net": found.net,
        "tax_on_net": found.tax_on_net,
        "minimum_tax": found.minimum_tax,
        "tax": found.tax,
        "dividend_credit": found.dividend_credit,
    }
    result |= {"payable": found.payable} if found.payable >= 0 else {"overpaid": -found.payable}
    if found.instalments:
        result["instalments"] = list(found.instalments)
    return result


COMMAND = computed("pit", "Personal income tax (ภ.ง.ด.90, 91, 94)", _arguments, _compute, codes=_codes)
