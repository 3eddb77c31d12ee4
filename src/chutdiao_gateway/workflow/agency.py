"""Everything one running gateway is made of, handed over at the start."""

# ruff: noqa: TID253
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from joserfc.jwk import OKPKey

from chutdiao.contracts.signatures import thumbprint
from chutdiao_gateway.storage.database import Database
from chutdiao_gateway.workflow.judge import Judge

BANGKOK = timezone(timedelta(hours=7))


def bangkok_now() -> datetime:
    """The moment, in Thailand."""
    return datetime.now(BANGKOK)


@dataclass(frozen=True, slots=True)
class Gateway:
    """One intake: its store, key, law and clock; ``practice`` marks everything it gives out."""

    database: Database
    key: OKPKey
    judge: Judge
    practice: bool
    now: Callable[[], datetime] = bangkok_now

    @property
    def thumbprint(self) -> str:
        return thumbprint(self.key)

    def moment(self) -> str:
        """Now, as it is written on the wire."""
        return self.now().isoformat(timespec="seconds")
