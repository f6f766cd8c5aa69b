"""How a process ended, in words."""

import pytest

from layerloom.engine.death import in_words


@pytest.mark.parametrize(
    ("exitcode", "words"),
    [
        (-15, "The training process was ended by signal 15 (SIGTERM)."),
        (
            -6,
            "The training process was ended by signal 6 (SIGABRT). A native library gave up; often memory had run out.",
        ),
        (-99, "The training process was ended by signal 99 (unknown)."),
        (1, "The training process ended by itself with exit code 1."),
        (255, "The training process ended; how is not known."),
        (None, "The training process ended; how is not known."),
    ],
)
def test_every_exit_code_has_words(exitcode: int | None, words: str) -> None:
    assert in_words("The training process", exitcode) == words
