"""An ASGI application in front of the real one that makes the planned trouble."""

# ruff: noqa: TID253
import asyncio
import json

from joserfc.jwk import OKPKey
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chutdiao.contracts.receipts import ReceiptFacts, sign_receipt
from chutdiao.contracts.signatures import new_key
from chutdiao_gateway.faults.spec import Fault, FaultPlan

_LOGIN = (
    b"<!doctype html><html><head><title>Wi-Fi login</title></head>"
    b"<body><form action='/login'><input name='user'></form></body></html>"
)
_EXPIRED = json.dumps(
    {
        "type": "urn:chutdiao:problem:logged-out",
        "title": "The session has ended",
        "status": 401,
        "detail": "",
        "problems": [],
    }
).encode()


class Troubled:
    """Serves the application, with faults."""

    def __init__(self, app: ASGIApp, plan: FaultPlan, key: OKPKey) -> None:
        self._app = app
        self._plan = plan
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._plan.next_for(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._trouble(fault, scope, receive, send)

    async def _trouble(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        match fault.kind:
            case "refuse":
                await _cut(send)
            case "500":
                await _answer(send, 500, b"text/plain", b"Internal Server Error")
            case "html":
                await _answer(send, 200, b"text/html; charset=utf-8", _LOGIN)
            case "empty":
                await _answer(send, 200, b"application/json", b"")
            case "logout":
                await _answer(send, 401, b"application/problem+json", _EXPIRED)
            case "delay":
                await asyncio.sleep(fault.seconds)
                await self._app(scope, _again(body), send)
            case "drop":
                await self._heard(scope, body)
                await _cut(send)
            case "duplicate":
                first, second = await asyncio.gather(self._heard(scope, body), self._heard(scope, body))
                await _replay(send, _better(first, second))
            case "other-digest" | "other-key" | "replay":
                await _replay(send, _forged(fault.kind, await self._heard(scope, body), self._key))

    async def _heard(self, scope: Scope, body: bytes) -> list[Message]:
        """Let the application work, and keep its answer back."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(dict(scope), _again(body), keep)
        return messages


async def _body(receive: Receive) -> bytes:
    parts = bytearray()
    while True:
        message = await receive()
        parts += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(parts)


def _again(body: bytes) -> Receive:
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            await asyncio.Event().wait()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _cut(send: Send) -> None:
    """Promise an answer and close the connection instead: uvicorn hangs up on an unfinished one."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4096")]})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})


async def _answer(send: Send, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _replay(send: Send, messages: list[Message]) -> None:
    for message in messages:
        await send(message)


def _better(first: list[Message], second: list[Message]) -> list[Message]:
    """Of two answers to the same request, the one that is not *in flight*."""
    return second if first[0]["status"] == 409 else first


def _forged(kind: str, messages: list[Message], key: OKPKey) -> list[Message]:
    """The same answer with a receipt for something else, or signed by somebody else."""
    if messages[0]["status"] != 201:
        return messages
    answer = json.loads(b"".join(m.get("body", b"") for m in messages))
    said = {name: value for name, value in answer.items() if name != "receipt"}
    if kind == "other-digest":
        said["digest"] = "0" * 64
    elif kind == "replay":
        said |= {"digest": "0" * 64, "submission": "somebody-elses-submission"}
    signer = new_key() if kind == "other-key" else key
    answer["receipt"] = sign_receipt(ReceiptFacts(**said), signer)
    body = json.dumps(answer).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    return [
        {"type": "http.response.start", "status": messages[0]["status"], "headers": headers},
        {"type": "http.response.body", "body": body},
    ]
