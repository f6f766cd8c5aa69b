"""How the layers of a run learned: the moments at which they were looked at, and what was seen."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from layerloom.api.bodies import errors
from layerloom.api.deps import RoomsDep, RunId
from layerloom.api.layers import parse_index
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.inside import UnknownLayer
from layerloom.probes import LayerMoment, ProbeReport, ProbeTime, history, probe_files, read_probe

router = APIRouter(tags=["probes"], responses=errors(), route_class=StrictJsonRoute)

ProbeIndex = Annotated[int, BeforeValidator(parse_index)]
LayerName = Annotated[str, Query(min_length=1, max_length=1_000)]


@router.get("/runs/{run}/probes")
def probes(run: RunId, rooms: RoomsDep) -> list[ProbeTime]:
    """List when the layers of a run were looked at, oldest first."""
    return [file.time for file in probe_files(rooms.store.get(run).folder)]


@router.get("/runs/{run}/probes/history")
def layer_history(run: RunId, layer: LayerName, rooms: RoomsDep) -> list[LayerMoment]:
    """Give one layer, by name, at every moment at which it was looked at."""
    folder = rooms.store.get(run).folder
    moments = list(history(folder, layer))
    if not moments and probe_files(folder):
        raise UnknownLayer(layer)
    return moments


@router.get("/runs/{run}/probes/{k}")
def probe(run: RunId, k: ProbeIndex, rooms: RoomsDep) -> ProbeReport:
    """Give all layers as they were at the `k`-th look: gradients, updates, units, histograms."""
    return read_probe(rooms.store.get(run).folder, k)
