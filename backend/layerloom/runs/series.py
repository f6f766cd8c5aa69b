"""Curves out of events: gathered by metric over the global step, and thinned without losing what the eye looks for."""

import json
from collections.abc import Iterable

Point = tuple[int, float | None]
Curves = dict[str, dict[int, float | None]]
CURVE_KINDS = ("started", "step", "epoch")


def curves(bodies: Iterable[str]) -> Curves:
    """The metrics of a run by name: `y` by global step, from the JSON of its events in their order.

    Training metrics come from steps, at an epoch's end from the epoch; `val_` metrics and `learning_rate` from epochs.
    What an interrupted attempt measured beyond the step that the next one started from is left out.
    """
    gathered: Curves = {}
    for body in bodies:
        event = json.loads(body)
        if event["kind"] == "started":
            _forget(gathered, event["initial_epoch"] * event["steps_per_epoch"] + event.get("initial_step", 0))
            continue
        values = dict(event["metrics"])
        if event.get("learning_rate") is not None:
            values.setdefault("learning_rate", event["learning_rate"])
        for name, value in values.items():
            gathered.setdefault(name, {})[event["global_step"]] = value
    return gathered


def thin(points: list[Point], limit: int) -> list[Point]:
    """At most `limit` of these points, in their order: first, last and extremes, then extremes of equal stretches.

    A stretch with a null keeps one, so that a gap stays visible.
    """
    if len(points) <= limit:
        return points
    kept = dict.fromkeys([len(points) - 1, 0, *_extremes(points, range(len(points)))][: max(limit, 0)])
    stretches = (limit - len(kept)) // 2
    for number in range(stretches):
        start, end = (len(points) * edge // stretches for edge in (number, number + 1))
        kept.update(dict.fromkeys(_extremes(points, range(start, end))))
    return [points[index] for index in sorted(kept)]


def _extremes(points: list[Point], stretch: range) -> list[int]:
    """The indices of the lowest and the highest value; of a null and the highest where there are nulls."""
    finite = [index for index in stretch if points[index][1] is not None]
    gaps = [index for index in stretch if points[index][1] is None][:1]
    if not finite:
        return gaps
    by_value = sorted(finite, key=lambda index: points[index][1] or 0.0)
    return [*(gaps or by_value[:1]), by_value[-1]]


def _forget(gathered: Curves, after_step: int) -> None:
    for name, points in gathered.items():
        gathered[name] = {step: value for step, value in points.items() if step <= after_step}
