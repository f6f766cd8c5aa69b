"""Requests made up from the OpenAPI document: none may break the server, every answer is as the document says."""

from collections.abc import Iterator
from zlib import crc32

import pytest
from hypothesis import settings
from schemathesis import Case

from tests.api.made_up import CHECKS, UNHURRIED, document
from tests.server import Server, serve

EXAMPLES = 8
IN_EVERY_RUN = 2
"""One route of so many is asked in every run of the tests, all of them by `make test-slow`."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("schema")) as running:
        running.get("/catalog")  # waits until Keras is warm
        yield running


some = document(every_limit=False).include(lambda route: crc32(route.operation.label.encode()) % IN_EVERY_RUN == 0)


@some.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=UNHURRIED, database=None)
def test_every_route_answers_as_its_document_says(case: Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url, checks=CHECKS)
