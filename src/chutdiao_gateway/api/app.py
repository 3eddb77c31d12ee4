"""The application: routes, errors, and the contract they make together."""

# ruff: noqa: TID253
from fastapi import FastAPI

from chutdiao_gateway.api import errors, intake, officer
from chutdiao_gateway.workflow.agency import Gateway


def make_app(gateway: Gateway | None = None) -> FastAPI:
    """Make the application; without a gateway only its contract can be read."""
    app = FastAPI(
        title="Chutdiao gateway",
        version="1",
        description="Intake of an agency: submissions in, signed receipts and the words about cases out.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.gateway = gateway
    app.include_router(intake.router)
    app.include_router(officer.router)
    errors.install(app)
    return app
