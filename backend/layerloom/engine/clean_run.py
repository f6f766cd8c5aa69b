"""Runs one program of a training in an interpreter that knows nothing of this app: `python -I clean_run.py PROGRAM DATA
RESULT`.

Imports the standard library only. Writes what the program's `fit` returned as JSON to RESULT. Ends at once when its
standard input closes, which it does when the server ends.
"""

import json
import math
import os
import runpy
import sys
import threading
from importlib.metadata import version

PACKAGES = ("keras", "numpy")


def main(program: str, data: str, result: str) -> None:
    """Run the program as Python would, then keep its history."""
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    sys.argv = [program, data]
    names = runpy.run_path(program, run_name="__main__")
    said = {
        "history": {name: [_finite(value) for value in values] for name, values in names["history"].history.items()},
        "versions": {package: version(package) for package in PACKAGES},
        "clean": not any(name.partition(".")[0] == "layerloom" for name in sys.modules),
    }
    with open(result, "w", encoding="utf-8") as file:  # noqa: PTH123 (the standard library's smallest part will do)
        json.dump(said, file)
    sys.stdout.flush()
    os._exit(0)  # the interpreter's own end could hang in a native library


def _end_with_the_server() -> None:
    while os.read(0, 1):  # not sys.stdin, whose lock the interpreter wants at its own end
        pass
    os._exit(1)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


if __name__ == "__main__":
    main(*sys.argv[1:])
