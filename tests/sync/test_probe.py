"""No network, captive portal, server down, logged out: told apart against real sockets."""

import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from wire_desk import Desk

from chutdiao.domain.problem import ChutdiaoError
from chutdiao.sync.connectors.gateway import GatewayConnector
from chutdiao.sync.http import Http, NoReply
from chutdiao.sync.probe import trouble_of


class Portal(BaseHTTPRequestHandler):
    status, body, kind = 200, b"", "text/html"

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        if self.status == 302:
            self.send_header("Location", "https://login.example/")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(
    params=[(200, b"<html>Sign in</html>", "text/html"), (302, b"", "text/html"), (511, b"", "text/plain")]
)
def portal(request: pytest.FixtureRequest) -> Iterator[str]:
    status, body, kind = request.param
    handler = type("Here", (Portal,), {"status": status, "body": body, "kind": kind})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_online_and_logged_out(desk: Desk) -> None:
    assert GatewayConnector(desk.address, desk.token).reachable() == "online"
    assert GatewayConnector(desk.address, "other").reachable() == "logged-out"


def test_captive_portal(portal: str) -> None:
    connector = GatewayConnector(portal, "t")
    assert connector.reachable() == "captive-portal"
    found = connector.feed("")
    assert not isinstance(found, tuple) and getattr(found, "cause", "") == "captive-portal"


def test_server_down() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert GatewayConnector(address, "t").reachable() == "server-down"


def test_no_network() -> None:
    # RFC 6761: .invalid never resolves.
    assert GatewayConnector("https://gateway.invalid", "t").reachable() == "no-network"


def test_a_stranger_behind_tls_is_a_portal() -> None:
    error = requests.exceptions.SSLError(ssl.SSLCertVerificationError("self-signed"))
    assert trouble_of(error) == "captive-portal"


def test_a_cut_answer_is_no_reply(desk: Desk) -> None:
    desk.faults("refuse@feed:1")
    assert isinstance(Http(desk.address, desk.token).ask("GET", "/v1/feed"), NoReply)


def test_slow_answer_times_out(desk: Desk) -> None:
    desk.faults("delay=2@feed:1")
    found = Http(desk.address, desk.token, timeout=(1.0, 0.3)).ask("GET", "/v1/feed")
    assert isinstance(found, NoReply) and found.trouble == "server-down"


@pytest.mark.parametrize("address", ["http://gateway.example", "ftp://127.0.0.1", "gateway"])
def test_what_is_not_encrypted_is_refused(address: str) -> None:
    with pytest.raises(ChutdiaoError):
        Http(address, "t")


def test_redirects_are_not_followed_and_netrc_is_not_used(desk: Desk, monkeypatch, tmp_path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert GatewayConnector(desk.address, desk.token).reachable() == "online"
