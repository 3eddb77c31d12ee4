"""Which agencies can be reached, and how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chutdiao.app.ports import Connector
from chutdiao.sync.connectors.gateway import GatewayConnector
from chutdiao.sync.http import Http


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a gateway is, the session there, and the thumbprints of its keys."""

    address: str
    token: str
    keys: frozenset[str]


def connect(endpoint: Endpoint, agencies: Iterable[str]) -> Mapping[str, Connector]:
    """One connector, shared by every agency behind one gateway."""
    connector = GatewayConnector(Http(endpoint.address, endpoint.token))
    return dict.fromkeys(agencies, connector)


def pins(endpoint: Endpoint, agencies: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The keys pinned for every agency behind one gateway."""
    return dict.fromkeys(agencies, endpoint.keys)
