"""Children fork from a bare fork server here: what they run needs no Keras."""

import pytest

from layerloom.engine import forkserver


@pytest.fixture(autouse=True)
def bare_forkserver() -> None:
    forkserver.start([])
