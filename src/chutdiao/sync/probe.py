"""Telling apart: no network, a captive portal, a server that is down, a session that ended."""

import socket
from typing import Literal

from chutdiao.contracts.canonical import read_json
from chutdiao.domain.problem import ChutdiaoError, Json
from chutdiao.sync.http import Http, NoReply, Reply, Trouble

State = Literal["online", "no-network", "captive-portal", "server-down", "logged-out"]

# TEST-NET-1 (RFC 5737): nobody lives there; connecting a datagram socket sends nothing.
_NOWHERE = ("192.0.2.1", 9)
_SERVICE = "chutdiao-gateway"


def probe(http: Http) -> State:
    """Ask the gateway who it is and whether it still knows us."""
    health = http.ask("GET", "/v1/health", timeout=(4.0, 6.0))
    if isinstance(health, NoReply):
        return health.trouble
    said = json_of(health)
    if health.status != 200 or not isinstance(said, dict) or said.get("service") != _SERVICE:
        return "captive-portal" if is_strangers(health) else "server-down"
    session = http.ask("GET", "/v1/session", timeout=(4.0, 6.0))
    if isinstance(session, NoReply):
        return session.trouble
    if session.status == 401:
        return "logged-out"
    return "online" if session.status == 200 else "server-down"


def trouble_of(error: BaseException) -> Trouble:
    """Why nothing came back."""
    import requests

    if isinstance(error, requests.exceptions.SSLError):
        # Somebody who is not the agency answered in its place.
        return "captive-portal"
    text = repr(error)
    unreachable = ("NameResolutionError", "getaddrinfo", "Network is unreachable", "No route to host")
    if any(sign in text for sign in unreachable):
        return "no-network"
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return "server-down" if has_route() else "no-network"
    return "server-down"


def has_route() -> bool:
    """Whether this machine has any way out."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe_socket:
            probe_socket.connect(_NOWHERE)
    except OSError:
        return False
    return True


def is_strangers(reply: Reply) -> bool:
    """Whether an answer looks like that of a login page in between, not of an agency."""
    if reply.status == 511 or 300 <= reply.status < 400:
        return True
    return reply.status < 500 and (reply.kind == "text/html" or reply.body.lstrip()[:1] == b"<")


def json_of(reply: Reply) -> Json:
    """The JSON of an answer; ``None`` where it is none."""
    if not reply.kind.endswith("json"):
        return None
    try:
        return read_json(reply.body)
    except ChutdiaoError:
        return None
