"""The published contract."""

# ruff: noqa: TID253
from typing import Any

import yaml

from chutdiao.contracts.problem_details import MEDIA_TYPE
from chutdiao_gateway.api.app import make_app

_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}


def contract() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the code; every error is RFC 9457, the framework's own included."""
    document = make_app().openapi()
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = _PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(unused, None)
    return document


def contract_yaml() -> str:
    """The contract as it is kept in ``resources/openapi.yaml``."""
    text: str = yaml.dump(contract(), Dumper=_Plain, allow_unicode=True, sort_keys=True, width=110)
    return text


class _Plain(yaml.SafeDumper):
    """Writes what is repeated again instead of pointing back at it."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True
