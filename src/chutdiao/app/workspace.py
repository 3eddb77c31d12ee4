"""One open profile: everything a use case may reach, handed over by the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from chutdiao.app.ports import (
    BusinessBook,
    CaseBook,
    Clock,
    Connector,
    DraftBook,
    FactBook,
    FileVault,
    FormShelf,
    Outbox,
    Printer,
    ReferenceTables,
    SettingsBook,
)
from chutdiao.domain.parameters import Parameters
from chutdiao.domain.problem import ProblemTexts

Profile = Literal["real", "practice"]


class Keeper(Protocol):
    """Locks, backs up and names the recovery code of the profile's store; moves businesses in and out."""

    def recovery_code(self) -> str: ...
    def backup(self, path: str) -> Mapping[str, str]: ...
    def export(self, business: str, path: str, secret: str) -> Mapping[str, str]: ...
    def import_(self, path: str, secret: str) -> Mapping[str, str]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Workspace:
    """The ports of one profile. ``connectors`` is by agency id; empty where no agency offers an API."""

    profile: Profile
    businesses: BusinessBook
    facts: FactBook
    drafts: DraftBook
    outbox: Outbox
    cases: CaseBook
    files: FileVault
    settings: SettingsBook
    shelf: FormShelf
    tables: ReferenceTables
    parameters: Parameters
    printer: Printer
    clock: Clock
    texts: ProblemTexts
    connectors: Mapping[str, Connector]
    pinned_keys: Mapping[str, frozenset[str]]
    keeper: Keeper

    @property
    def practice(self) -> bool:
        return self.profile == "practice"
