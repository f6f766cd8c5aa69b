"""A file from outside, read as data: its drawing, its weights if it has some that fit, and what was left behind."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue, ValidationError

from layerloom.graph.document import Graph
from layerloom.imported import Format, Imported
from layerloom.modeling.importing import hdf5
from layerloom.modeling.importing.archive import Archive, read_archive
from layerloom.modeling.importing.draft import Draft
from layerloom.modeling.importing.fitting import Fitted, keep_weights
from layerloom.modeling.importing.formats import container_of
from layerloom.modeling.importing.kinds import Named, named
from layerloom.modeling.importing.models import MODELS, Place, places
from layerloom.modeling.importing.project import is_project, read_project
from layerloom.modeling.importing.redraw import draw
from layerloom.modeling.importing.refusals import OFFERED, not_a_model
from layerloom.modeling.importing.text import read_json, read_yaml
from layerloom.modeling.importing.vocabularies import by_path
from layerloom.problem import Refusal

HERE = "here"
"""What `weights` says of an import whose weights lie in its folder; the web process knows the token."""


def read_file(path: Path, filename: str, folder: Path) -> Imported:
    """The drawing in the file at `path`, which was called `filename`; weights are written into `folder`.

    Raises Refusal: `not-a-model`, `unsafe-model`, `unsupported-format`, `bad-document`.
    """
    container = container_of(path, filename)
    if container == "zip":
        return _from_archive(read_archive(path, folder), filename, folder)
    if container == "hdf5":
        with hdf5.opened(path) as file:
            config = hdf5.model_config(file)
        return _read(read_json(config), "h5", filename, folder, path, {})
    value = read_json(path.read_bytes()) if container == "json" else read_yaml(path.read_bytes())
    if container == "json" and is_project(value):
        return read_project(value)
    return _read(value, container, filename, folder, None, {})


def _from_archive(archive: Archive, filename: str, folder: Path) -> Imported:
    return _read(read_json(archive.config), "keras", filename, folder, archive.weights, archive.vocabularies)


def _read(
    value: JsonValue,
    format: Format,
    filename: str,
    folder: Path,
    weights: Path | None,
    vocabularies: Mapping[str, bytes],
) -> Imported:
    model = _model(value)
    held = list(places(model))
    draft = Draft(vocabularies=by_path(held, vocabularies))
    draw(draft, model)
    graph = _graph(draft, model, filename)
    fitted = _weights(graph, draft, held, weights, folder) if weights is not None else Fitted(False, [])
    return Imported(
        graph=graph,
        format=format,
        problems=[*draft.problems, *fitted.problems],
        weights=HERE if fitted.kept else None,
    )


def _model(value: JsonValue) -> Named:
    model = named(value, "the model")
    if model.type not in MODELS or "layers" not in model.config:
        what = f"It describes the class '{model.type}'" if model.type.isprintable() else "It describes another class"
        raise Refusal("not-a-model", f"{what}, not a Sequential or functional model. {OFFERED}")
    return model


def _graph(draft: Draft, model: Named, filename: str) -> Graph:
    name = model.config.get("name")
    title = name if isinstance(name, str) and name.strip() else Path(filename).stem
    try:
        return Graph(name=title[:200], nodes=draft.nodes, edges=draft.edges, blocks=draft.blocks)
    except ValidationError as error:
        raise not_a_model(f"The model can not be drawn: {error.errors()[0]['msg']}.") from None


def _weights(graph: Graph, draft: Draft, held: list[Place], weights: Path, folder: Path) -> Fitted:
    with hdf5.opened(weights) as file:
        return keep_weights(graph, draft, held, file, weights, folder)
