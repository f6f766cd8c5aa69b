"""`make bench`: each figure beside its rival, measured in the same run; medians, since machines are noisy."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.answers import checks, predictions, while_training
from tests.benchmarks.looks import looks
from tests.benchmarks.picture_feed import MANY, picture_feed
from tests.benchmarks.readers import readers
from tests.benchmarks.table import Row, show
from tests.benchmarks.trainings import TRAININGS, Training, jobs
from tests.server import Server, serve

SIDE_BY_SIDE = 2

Bench = Callable[[Server, int], list[Row]]


def benches() -> Mapping[str, Bench]:
    """What can be measured on a server, by its name."""
    return {
        "check": lambda server, repeats: checks(server, max(5, repeats)),
        "predict": lambda server, _repeats: predictions(server),
        **{training.which: _training(training) for training in TRAININGS},
        "busy": lambda server, _repeats: while_training(server),
    }


def _training(training: Training) -> Bench:
    return lambda server, repeats: jobs(server, training, repeats)


def main() -> None:
    """Measure, print, and end with 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", choices=[*benches(), "looks", "readers", "pictures"])
    parser.add_argument("--pictures", type=int, default=MANY, help="how many `--only pictures` makes, at least 2,100")
    chosen = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        wanted = [bench for name, bench in benches().items() if chosen.only in (None, name)]
        if wanted:
            with serve(Path(folder) / "app", None, "--concurrent-runs", str(SIDE_BY_SIDE)) as server:
                server.get("/catalog")  # waits until Keras is warm: the first Train is not pressed in the first second
                rows += [row for bench in wanted for row in bench(server, chosen.repeats)]
        if chosen.only in (None, "looks"):
            rows += looks(Path(folder) / "looks", chosen.repeats)
        if chosen.only in (None, "readers"):
            rows += readers(Path(folder) / "readers")
        if chosen.only == "pictures":  # four gigabytes of them take minutes to write
            rows += picture_feed(Path(folder) / "pictures", chosen.pictures)
    show(rows)
    sys.exit(any(row.ratio > row.at_most for row in rows))


if __name__ == "__main__":
    main()
