"""Routes of the officer's desk."""

# ruff: noqa: TID253
from fastapi import APIRouter

from chutdiao.domain.submission import CaseState
from chutdiao_gateway.api.access import GatewayOf, Officer
from chutdiao_gateway.api.errors import RefusedError, answers
from chutdiao_gateway.api.models import CorrectionAsked, Decision, OfficerCase
from chutdiao_gateway.storage import cases
from chutdiao_gateway.storage.cases import CaseRow
from chutdiao_gateway.workflow import decisions
from chutdiao_gateway.workflow.agency import Gateway

router = APIRouter(prefix="/v1/officer", responses=answers(401, 403, 404, 409, 422))


@router.get("/cases", response_model=list[OfficerCase], operation_id="officerCases")
def listed(gateway: GatewayOf, _officer: Officer) -> list[OfficerCase]:
    """List every case."""
    return [_shown(case) for case in cases.all_cases(gateway.database)]


@router.post("/cases/{case}/correction", response_model=OfficerCase, operation_id="officerCorrection")
def correction(gateway: GatewayOf, _officer: Officer, case: str, asked: CorrectionAsked) -> OfficerCase:
    """Ask for exactly these fields to be corrected."""
    decisions.ask_correction(gateway, _case(gateway, case), asked.fields, asked.reason)
    return _shown(_case(gateway, case))


@router.post("/cases/{case}/complete", response_model=OfficerCase, operation_id="officerComplete")
def complete(gateway: GatewayOf, _officer: Officer, case: str) -> OfficerCase:
    """Say that nothing is missing."""
    decisions.declare_complete(gateway, _case(gateway, case))
    return _shown(_case(gateway, case))


@router.post("/cases/{case}/approve", response_model=OfficerCase, operation_id="officerApprove")
def approve(gateway: GatewayOf, _officer: Officer, case: str) -> OfficerCase:
    """Approve."""
    decisions.approve(gateway, _case(gateway, case))
    return _shown(_case(gateway, case))


@router.post("/cases/{case}/issue", response_model=OfficerCase, operation_id="officerIssue")
def issue(gateway: GatewayOf, _officer: Officer, case: str) -> OfficerCase:
    """Issue the licence."""
    decisions.issue(gateway, _case(gateway, case))
    return _shown(_case(gateway, case))


@router.post("/cases/{case}/return", response_model=OfficerCase, operation_id="officerReturn")
def give_back(gateway: GatewayOf, _officer: Officer, case: str, decision: Decision) -> OfficerCase:
    """Return the papers."""
    decisions.close(gateway, _case(gateway, case), CaseState.RETURNED, decision.reason)
    return _shown(_case(gateway, case))


@router.post("/cases/{case}/reject", response_model=OfficerCase, operation_id="officerReject")
def reject(gateway: GatewayOf, _officer: Officer, case: str, decision: Decision) -> OfficerCase:
    """Reject."""
    decisions.close(gateway, _case(gateway, case), CaseState.REJECTED, decision.reason)
    return _shown(_case(gateway, case))


def _case(gateway: Gateway, case: str) -> CaseRow:
    found = cases.find_case(gateway.database, case)
    if found is None:
        raise RefusedError("unknown-case", 404, "There is no such case")
    return found


def _shown(case: CaseRow) -> OfficerCase:
    return OfficerCase(
        id=case.id,
        state=case.state.value,
        number=case.number,
        agency=case.agency,
        submission=case.submission,
        open_fields=list(case.open_fields),
        complete=case.complete,
    )
