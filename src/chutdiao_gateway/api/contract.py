"""The published contract as YAML."""

# ruff: noqa: TID253
import yaml

from chutdiao_gateway.api.app import make_app


def contract_yaml() -> str:
    """The OpenAPI 3.1 document of the code, as it is kept in ``resources/openapi.yaml``."""
    text: str = yaml.safe_dump(make_app().openapi(), allow_unicode=True, sort_keys=True, width=110)
    return text
