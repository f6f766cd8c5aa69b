"""The requests of test_schema on every route, ten times as many, and at every limit of every field."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from schemathesis import Case

from tests.api.made_up import CHECKS, UNHURRIED, document
from tests.server import Server, serve

EXAMPLES = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("limits")) as running:
        running.get("/catalog")  # waits until Keras is warm
        yield running


every = document(every_limit=True)


@pytest.mark.slow
@every.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=UNHURRIED, database=None)
def test_every_route_answers_as_its_document_says_many_times(case: Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url, checks=CHECKS)
