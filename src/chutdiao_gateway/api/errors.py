"""Every error leaves as RFC 9457."""

# ruff: noqa: TID253
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from chutdiao.contracts.problem_details import MEDIA_TYPE, ProblemDetails
from chutdiao.domain.problem import ChutdiaoError, Problem
from chutdiao_gateway.api.models import ProblemBody
from chutdiao_gateway.storage.cases import StaleCaseError


class RefusedError(Exception):
    """A route says no."""

    def __init__(self, name: str, status: int, title: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(title)
        self.details = ProblemDetails(f"urn:chutdiao:problem:{name}", title, status, problems=tuple(problems))


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for the published contract."""
    return {
        status: {"model": ProblemBody, "description": "Problem", "content": {MEDIA_TYPE: {}}}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Give every kind of error its RFC 9457 answer."""
    app.exception_handler(RefusedError)(_refused)
    app.exception_handler(ChutdiaoError)(_chutdiao)
    app.exception_handler(StaleCaseError)(_stale)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(Exception)(_broken)


def _respond(details: ProblemDetails) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if details.status == 401 else None
    return JSONResponse(details.to_json(), details.status, headers, MEDIA_TYPE)


def _refused(_request: Request, error: RefusedError) -> Response:
    return _respond(error.details)


def _chutdiao(_request: Request, error: ChutdiaoError) -> Response:
    codes = {p.code for p in error.problems}
    status = 413 if "wire.too-large" in codes else 409 if "officer.not-now" in codes else 422
    title = "The request cannot be done"
    return _respond(
        ProblemDetails("urn:chutdiao:problem:refused", title, status, problems=tuple(error.problems))
    )


def _stale(_request: Request, _error: StaleCaseError) -> Response:
    return _respond(ProblemDetails("urn:chutdiao:problem:in-flight", "The case was moved meanwhile", 409))


def _invalid(_request: Request, error: RequestValidationError) -> Response:
    problems = tuple(
        Problem(
            "envelope.wrong",
            ".".join(map(str, item["loc"])),
            {"cause": item["msg"], "place": str(item["loc"][-1])},
        )
        for item in error.errors()
    )
    title = "The request is not as the contract says"
    return _respond(ProblemDetails("urn:chutdiao:problem:invalid", title, 422, problems=problems))


def _http(_request: Request, error: HTTPException) -> Response:
    return _respond(ProblemDetails("about:blank", str(error.detail), error.status_code))


def _broken(_request: Request, _error: Exception) -> Response:
    return _respond(ProblemDetails("about:blank", "The gateway could not do it", 500))
