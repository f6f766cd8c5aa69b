"""The log of a very long run stays bounded."""

from pathlib import Path

from layerloom.events import StepEvent
from layerloom.runs.compaction import CHECK_EVERY_EVENTS, MAX_STEP_EVENTS
from tests.runs.building import claimed, create, epoch, open_store

COUNT = MAX_STEP_EVENTS + 2 * CHECK_EVERY_EVENTS


def test_old_steps_are_thinned_and_what_matters_stays(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    create(store)
    claimed(store)
    store.append(1, 1, [epoch(1, 1, loss=4.0)])
    values = [9.0 if n == 777 else 1 / n for n in range(2, COUNT)]
    steps = [StepEvent.of({"loss": value}, epoch=1, step=n, global_step=n) for n, value in enumerate(values, start=2)]
    for start in range(0, len(steps), 1000):
        store.append(1, 1, steps[start : start + 1000])

    events = store.events(1, limit=10**6)
    numbers = [event.seq for event in events]
    assert MAX_STEP_EVENTS / 3 < len(events) < MAX_STEP_EVENTS
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == store.get(1).last_seq
    curve = store.series(1, points=1000)["loss"]
    assert (curve["x"][0], curve["x"][-1], max(curve["y"])) == (1, COUNT - 1, 9.0)
