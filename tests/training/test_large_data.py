"""A set that is larger than what a training may take, trained on in a process of its own."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from layerloom.job import Job
from tests.data.own_sets import number, put
from tests.training.making import flower, flower_recipe

ROWS = 10_000_000
MOST_RESIDENT_BYTES = 1.5e9
NAMES = [f"x{k}" for k in range(10)]

TRAIN = """
import json, pickle, sys, time
from layerloom.training.fit import train
job = pickle.load(open(sys.argv[1], "rb"))
events = []
began = time.monotonic()
train(job, events.append, lambda: False)
[epoch] = [event for event in events if event.kind == "epoch"]
# Not ru_maxrss: that of a process begins with what its parent had.
[peak] = [int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps({"peak": peak, "loss": epoch.metrics["val_loss"], "epoch_s": epoch.seconds,
                  "whole_s": time.monotonic() - began}))
"""


@pytest.mark.slow
def test_ten_million_rows_are_trained_on_in_a_gigabyte_and_a_half(tmp_path: Path) -> None:
    draws = np.random.default_rng(7)
    columns = {name: number(draws.standard_normal(ROWS)) for name in NAMES}
    total = sum(column.parts["train"] for column in columns.values())
    put(tmp_path, "large", {**columns, "y": number(total)}, described_rows=1_000)
    del columns, total
    graph = flower(("Dense", {"units": 32, "activation": "relu"}), ("Dense", {"units": 1}), shape=[10])
    recipe = flower_recipe(
        data={"dataset": "large", "inputs": {"flower": NAMES}, "targets": {"species": ["y"]}},
        compile__outputs__species={"loss": {"type": "MeanSquaredError"}},
        fit={"epochs": 1, "batch_size": 512},
    )
    (tmp_path / "job").write_bytes(pickle.dumps(Job(1, 1, graph, recipe, tmp_path, tmp_path / "run")))

    command = [sys.executable, "-c", TRAIN, str(tmp_path / "job")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=560)

    assert done.returncode == 0, done.stderr[-3_000:]
    said = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f"{said}\n")  # figures for who asks with -s
    assert said["loss"] < 0.1
    assert said["peak"] <= MOST_RESIDENT_BYTES
