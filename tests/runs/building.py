"""Small runs for tests of everything that happens to runs."""

from pathlib import Path

from layerloom.events import CheckpointEvent, EpochEvent, StartedEvent, StepEvent
from layerloom.graph.document import Graph, Node
from layerloom.recipe import CompileRecipe, DataRecipe, FitRecipe, KerasObject, OutputRecipe, Recipe
from layerloom.runs.store import RunStore
from layerloom.runs.summary import RunDetail

GRAPH = Graph(nodes=[Node(id="n1", type="Input", name="image"), Node(id="n2", type="Output", name="digit")])


def open_store(home: Path) -> RunStore:
    return RunStore(f"sqlite:///{home / 'layerloom.db'}", home / "runs")


def recipe(epochs: int = 3, dataset: str = "mnist") -> Recipe:
    return Recipe(
        data=DataRecipe(dataset=dataset, inputs={"image": ["image"]}, targets={"digit": ["label"]}),
        compile=CompileRecipe(outputs={"digit": OutputRecipe(loss=KerasObject(type="SparseCategoricalCrossentropy"))}),
        fit=FitRecipe(epochs=epochs),
    )


def create(store: RunStore, name: str = "run", epochs: int = 3, dataset: str = "mnist") -> RunDetail:
    return store.create(name, GRAPH, recipe(epochs, dataset), {"keras": "3"}, "f00d", 10)


def claimed(store: RunStore) -> RunDetail:
    run = store.claim_next()
    assert run is not None
    return run


def started(initial_epoch: int = 0, steps_per_epoch: int = 5, epochs: int = 3) -> StartedEvent:
    return StartedEvent(
        parameters=12,
        epochs=epochs,
        steps_per_epoch=steps_per_epoch,
        batch_size=1,
        training_rows=5,
        validation_rows=1,
        test_rows=1,
        initial_epoch=initial_epoch,
    )


def step(at: int, **metrics: float) -> StepEvent:
    return StepEvent.of(metrics, epoch=1, step=at, global_step=at)


def epoch(number: int, at: int, **metrics: float) -> EpochEvent:
    return EpochEvent.of(metrics, epoch=number, global_step=at, seconds=1.0)


def checkpoint(number: int, best: bool = True) -> CheckpointEvent:
    return CheckpointEvent(epoch=number, best=best, monitor="val_loss", size_bytes=1)
