"""Requests made up from the OpenAPI document, and what every answer to one must be."""

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from layerloom.api.app import create_app
from layerloom.settings import Settings

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def document(*, every_limit: bool) -> BaseSchema:
    """The routes to make up requests for; with every limit of every field tried too, about a hundred for each route."""
    schema = schemathesis.openapi.from_dict(create_app(Settings(home=Path("unused"))).openapi())
    schema.config.phases.coverage.enabled = every_limit
    return schema
