"""Sources run as whoever downloads them runs them: in a clean interpreter that knows nothing of this app.

As a program it reads a JSON list of sources and writes what their models are, so that many share one start of Keras;
with the argument `descriptions`, it answers source by source, line by line.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TIMEOUT_S = 200
LINE_LENGTH = 80


def run_all(sources: list[str], folder: Path) -> list[dict[str, Any]]:
    """What each source's `model` is: its summary, its weights' shapes and whether saved weights come back."""
    done = subprocess.run(
        [sys.executable, "-I", __file__],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        cwd=folder,
        env=_clean(),
        timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


class Interpreter:
    """A clean interpreter that runs one source after the other, each as if it were the first."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def description(self, source: str) -> str:
        """Keras's JSON of the source's `model`. Raises AssertionError with the traceback where it can not be made."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(source), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, f"{answer['error']}\n{source}"
        return str(answer["model"])


@contextmanager
def interpreter(folder: Path) -> Iterator[Interpreter]:
    """A clean interpreter for as long as the block lasts."""
    command = [sys.executable, "-I", __file__, "descriptions"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, cwd=folder, env=_clean(), **pipes) as process:
        yield Interpreter(process)
        assert process.stdin
        process.stdin.close()


def _clean() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": "", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8"}


def namespace_of(source: str) -> dict[str, Any]:
    """The variables of a source that was run in this process, as if it were the first of it."""
    import keras

    keras.utils.clear_session(free_memory=False)
    variables: dict[str, Any] = {"__name__": "source"}
    exec(compile(source, "source.py", "exec"), variables)
    return variables


def _facts(source: str) -> dict[str, Any]:
    model = namespace_of(source)["model"]
    lines: list[str] = []
    model.summary(print_fn=lines.append, line_length=LINE_LENGTH)
    return {
        "summary": "\n".join(lines),
        "parameters": model.count_params(),
        "restores": _restores(model),
    }


def _restores(model: Any) -> bool:
    """Whether weights that were saved and spoilt come back as they were."""
    before = model.get_weights()
    model.save_weights("saved.weights.h5")
    model.set_weights([weight * 0 if weight.dtype.kind == "f" else weight for weight in before])
    model.load_weights("saved.weights.h5")
    return all((a == b).all() for a, b in zip(before, model.get_weights(), strict=True))


def _describe(source: str) -> dict[str, str]:
    try:
        return {"model": namespace_of(source)["model"].to_json()}
    except Exception:  # noqa: BLE001 - the one that asked is told of it
        return {"error": traceback.format_exc()}


if __name__ == "__main__" and "descriptions" in sys.argv:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        print(json.dumps(_describe(json.loads(line))), file=answers, flush=True)
elif __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps([_facts(source) for source in json.load(sys.stdin)]))
