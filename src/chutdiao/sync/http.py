"""HTTP as this program does it: TLS verified, bounded in time and size, no redirects followed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from chutdiao.domain.problem import ChutdiaoError, Problem

if TYPE_CHECKING:
    import requests

MAX_ANSWER = 30_000_000
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Trouble = Literal["no-network", "server-down", "captive-portal"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> str:
        """The server's own words, as far as they can be shown."""
        return self.body[:2000].decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class NoReply:
    """Nothing usable came back, and why."""

    trouble: Trouble
    words: str


class Http:
    """One server, reached with one bearer token."""

    def __init__(self, address: str, token: str, timeout: tuple[float, float] = (5.0, 30.0)) -> None:
        """Take the address of a gateway; plain HTTP only where it does not leave this machine."""
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ChutdiaoError(Problem("wire.not-safe", values={"address": address}))
        self._address = address.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._local = parts.hostname in _LOOPBACK

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: tuple[float, float] | None = None,
    ) -> Reply | NoReply:
        """Ask once; whatever goes wrong comes back as a value."""
        import requests

        from chutdiao.sync.probe import trouble_of

        try:
            with requests.Session() as session:
                # A proxy for the world outside must not see what stays on this machine.
                session.trust_env = not self._local
                with session.request(
                    method,
                    self._address + path,
                    data=body,
                    headers=dict(headers or {}),
                    auth=self._sign_in,
                    timeout=timeout or self._timeout,
                    verify=True,
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    return _reply(answer)
        except (requests.RequestException, OSError) as error:
            return NoReply(trouble_of(error), f"{type(error).__name__}: {error}"[:500])

    def _sign_in(self, request: "requests.PreparedRequest") -> "requests.PreparedRequest":
        # Set as ``auth`` so that a .netrc on the machine cannot replace it.
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _reply(answer: "requests.Response") -> Reply:
    parts = bytearray()
    for part in answer.iter_content(65536):
        parts += part
        if len(parts) > MAX_ANSWER:
            raise OSError("the answer is too large")
    kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
    return Reply(answer.status_code, kind, bytes(parts), dict(answer.headers))
