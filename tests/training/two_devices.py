"""A process in which TensorFlow sees two CPUs, of which it has to hear before it starts: trains what it is told.

Reads a list of Told as JSON, each of which is trained in turn, and writes what was said of each.
"""

import sys
from pathlib import Path

import tensorflow as tf
from pydantic import BaseModel, TypeAdapter

from layerloom.graph.document import Graph
from layerloom.job import USUAL_MEMORY, DataMemory, Job
from layerloom.recipe import Recipe

PLENTY = 2**40
KIND = "CPU"


class Told(BaseModel):
    """A training: to its end, or until so many epochs are done. `dry_run` tries it first, and goes on from that."""

    graph: Graph
    recipe: Recipe
    home: Path
    folder: Path
    attempt: int = 1
    stop_after: int | None = None
    dry_run: bool = False
    in_memory: bool = True


class Said(BaseModel):
    """What it was trained on, and of each epoch the metrics. `notes` are what else was to be told."""

    device: str
    rows: int
    epochs: list[dict[str, float]]
    notes: list[str]


ORDERS: TypeAdapter[list[Told]] = TypeAdapter(list[Told])
ANSWERS: TypeAdapter[list[Said]] = TypeAdapter(list[Said])


def trained(told: Told) -> Said:
    from layerloom.training.fit import train
    from layerloom.training.trial import trial
    from tests.training.making import of_kind

    events: list = []
    content = str(told.folder)
    if told.dry_run:
        assert trial(told.graph, told.recipe, told.home, PLENTY, content, KIND).ok
    told.folder.mkdir(exist_ok=True)
    memory = USUAL_MEMORY if told.in_memory else DataMemory(in_memory_bytes=0)
    job = Job(*(1, told.attempt, told.graph, told.recipe, told.home, told.folder), 0.0, memory=memory, content=content)
    train(job, events.append, lambda: len(of_kind(events, "epoch")) == told.stop_after, None, KIND)
    [started] = of_kind(events, "started")
    return Said(
        device=started.device,
        rows=started.training_rows,
        epochs=[event.metrics for event in of_kind(events, "epoch")],
        notes=[event.message for event in of_kind(events, "log")],
    )


if __name__ == "__main__":
    [cpu] = tf.config.list_physical_devices("CPU")
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    orders, answers = map(Path, sys.argv[1:])
    answers.write_bytes(ANSWERS.dump_json([trained(told) for told in ORDERS.validate_json(orders.read_bytes())]))
