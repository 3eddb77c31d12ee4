"""Routes of the applicant's program: files, submissions, feed, licence."""

# ruff: noqa: TID253
import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query
from fastapi.responses import Response

from chutdiao.contracts.canonical import MAX_BYTES, digest_of
from chutdiao.contracts.problem_details import MEDIA_TYPE
from chutdiao_gateway.api.access import MAX_FILE, Applicant, GatewayOf, body_up_to
from chutdiao_gateway.api.errors import RefusedError, answers
from chutdiao_gateway.api.models import Feed, FileHeld, Health, Receipt, Who
from chutdiao_gateway.storage import cases
from chutdiao_gateway.storage.files import put_file
from chutdiao_gateway.storage.sessions import close_session
from chutdiao_gateway.workflow.intake import take_in

router = APIRouter(prefix="/v1")
_FILE_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}
_ENVELOPE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "description": "A submission in canonical JSON (RFC 8785), schema chutdiao/submission/1",
                    "required": ["schema", "id", "form", "agency", "channel", "answers", "created_at"],
                }
            }
        },
    }
}
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "The licence, signed beside"}
}


@router.get("/health", response_model=Health, operation_id="health")
def health(gateway: GatewayOf) -> Health:
    """Say that this is the gateway."""
    return Health(service="chutdiao-gateway", practice=gateway.practice, key=gateway.thumbprint)


@router.get("/session", response_model=Who, responses=answers(401), operation_id="who")
def who(session: Applicant) -> Who:
    """Say whose session this is."""
    return Who(holder=session.holder, role=session.role)


@router.delete("/session", status_code=204, responses=answers(401), operation_id="leave")
def leave(gateway: GatewayOf, session: Applicant) -> None:
    """End the session."""
    close_session(gateway.database, session)


@router.put(
    "/files/{sha256}",
    response_model=FileHeld,
    responses=answers(401, 413, 422),
    openapi_extra=_FILE_BODY,
    operation_id="putFile",
)
def put(
    gateway: GatewayOf,
    session: Applicant,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    body: Annotated[bytes, Depends(body_up_to(MAX_FILE))],
) -> FileHeld:
    """Keep a file under its SHA-256; the same file again changes nothing."""
    if digest_of(body) != sha256:
        raise RefusedError("other-content", 422, "The bytes do not have this SHA-256")
    put_file(gateway.database, session.holder, sha256, body)
    return FileHeld(sha256=sha256, size=len(body))


@router.post(
    "/submissions",
    response_model=Receipt,
    status_code=201,
    responses=answers(401, 409, 413, 422, 424),
    openapi_extra=_ENVELOPE_BODY,
    operation_id="submit",
)
def submit(
    gateway: GatewayOf,
    session: Applicant,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=80)],
    body: Annotated[bytes, Depends(body_up_to(MAX_BYTES))],
) -> Response:
    """Take a submission in; the same key and body get the same answer."""
    answer = take_in(gateway, session.holder, idempotency_key, body)
    kind = "application/json" if answer.status == 201 else MEDIA_TYPE
    return Response(answer.body, answer.status, media_type=kind)


@router.get("/feed", response_model=Feed, responses=answers(401, 422), operation_id="feed")
def feed(
    gateway: GatewayOf,
    session: Applicant,
    after: Annotated[str, Query(pattern="^[0-9]{0,18}$")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Give the events after a cursor."""
    page = cases.feed_page(gateway.database, session.holder, int(after or "0"), limit)
    return Response(json.dumps(page.to_json(), ensure_ascii=False), media_type="application/json")


@router.get(
    "/cases/{case}/licence",
    response_class=Response,
    responses={**_PDF, **answers(401, 404)},
    operation_id="licence",
)
def licence(gateway: GatewayOf, session: Applicant, case: str) -> Response:
    """Give the licence; the header Licence-Signature holds its detached JWS."""
    held = cases.find_case(gateway.database, case)
    issued = cases.licence_of(gateway.database, case)
    if held is None or held.holder != session.holder or issued is None:
        raise RefusedError("no-licence", 404, "No licence was issued in this case")
    return Response(issued[0], media_type="application/pdf", headers={"Licence-Signature": issued[1]})
