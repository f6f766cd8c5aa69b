"""Requests made up from the OpenAPI document: none may break the server, every answer is as the document says."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from layerloom.api.app import create_app
from layerloom.settings import Settings
from tests.server import Server, serve

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES, MANY_EXAMPLES = 6, 60
IN_EVERY_RUN = 3
"""One route of so many is asked in every run of the tests, all of them by `make test-slow`."""
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("schema")) as running:
        running.get("/catalog")  # waits until Keras is warm
        yield running


schema = schemathesis.openapi.from_dict(create_app(Settings(home=Path("unused"))).openapi())
some = schema.include(lambda route: crc32(route.operation.label.encode()) % IN_EVERY_RUN == 0)


@some.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=UNHURRIED, database=None)
def test_every_route_answers_as_its_document_says(case: Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url, checks=CHECKS)


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=MANY_EXAMPLES, deadline=None, suppress_health_check=UNHURRIED, database=None)
def test_every_route_answers_as_its_document_says_many_times(case: Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url, checks=CHECKS)
