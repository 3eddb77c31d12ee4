"""Who may ask, and how much they may send."""

# ruff: noqa: TID253
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from chutdiao_gateway.api.errors import RefusedError
from chutdiao_gateway.storage.sessions import Session, find_session
from chutdiao_gateway.workflow.agency import Gateway

MAX_FILE = 20_000_000
_bearer = HTTPBearer(auto_error=False, description="A session token of this gateway")


def gateway_of(request: Request) -> Gateway:
    """The gateway this application serves."""
    found: Gateway = request.app.state.gateway
    return found


def session(
    gateway: Annotated[Gateway, Depends(gateway_of)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Session:
    """The session of the bearer token."""
    found = find_session(gateway.database, credentials.credentials) if credentials else None
    if found is None:
        raise RefusedError("logged-out", 401, "The session has ended")
    return found


def officer(who: Annotated[Session, Depends(session)]) -> Session:
    """The session, where it is an officer's."""
    if who.role != "officer":
        raise RefusedError("not-an-officer", 403, "Only an officer may do this")
    return who


def body_up_to(limit: int) -> Callable[[Request], Awaitable[bytes]]:
    """Read a body, and stop reading one that is too large."""

    async def read(request: Request) -> bytes:
        parts = bytearray()
        async for part in request.stream():
            parts += part
            if len(parts) > limit:
                raise RefusedError("too-large", 413, f"At most {limit} bytes")
        return bytes(parts)

    return read


GatewayOf = Annotated[Gateway, Depends(gateway_of)]
Applicant = Annotated[Session, Depends(session)]
Officer = Annotated[Session, Depends(officer)]
