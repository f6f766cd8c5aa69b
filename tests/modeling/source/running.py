"""Sources run as whoever downloads them runs them: in a clean interpreter that knows nothing of this app.

As a program it reads a JSON list of sources and writes what their models are, so that many share one start of Keras.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TIMEOUT_S = 200
LINE_LENGTH = 80


def run_all(sources: list[str], folder: Path) -> list[dict[str, Any]]:
    """What each source's `model` is: its summary, its weights' shapes and whether saved weights come back."""
    environment = {**os.environ, "PYTHONPATH": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        [sys.executable, "-I", __file__],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


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


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps([_facts(source) for source in json.load(sys.stdin)]))
