"""The published contract is the one the code keeps."""

import yaml

from chutdiao import paths
from chutdiao_gateway.api.contract import contract


def published() -> dict:
    return yaml.safe_load((paths.resources_dir() / "openapi.yaml").read_text("utf-8"))


def test_published_contract_equals_the_code() -> None:
    # To publish again: chutdiao gateway contract > resources/openapi.yaml
    assert published() == contract()


def test_contract_is_openapi_3_1_and_every_error_is_a_problem() -> None:
    document = published()
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert "application/problem+json" in answer["content"], (path, method, status)
