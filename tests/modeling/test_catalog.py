"""The catalog against the installed Keras: nothing missing, nothing unsafe, nothing that nobody classified."""

import inspect
import json
import re

import keras
import pytest

from layerloom.catalog import Catalog, Entry, NodeEntry, Parameter
from layerloom.modeling import layer_overlay, left_out, own_arguments, training_overlay
from layerloom.modeling.categories import OTHER
from layerloom.modeling.families import family
from layerloom.modeling.parameters import unclassified
from layerloom.modeling.ports import MASKS, NOT_TENSORS, TENSORS
from layerloom.modeling.reflection import catalog, catalog_json, entries

NAMESPACES = {
    "layers": (keras.layers, keras.layers.Layer),
    "losses": (keras.losses, keras.losses.Loss),
    "metrics": (keras.metrics, keras.metrics.Metric),
    "optimizers": (keras.optimizers, keras.optimizers.Optimizer),
    "schedules": (keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
    "callbacks": (keras.callbacks, keras.callbacks.Callback),
    "initializers": (keras.initializers, keras.initializers.Initializer),
    "regularizers": (keras.regularizers, keras.regularizers.Regularizer),
    "constraints": (keras.constraints, keras.constraints.Constraint),
}
FAMILIES = [*NAMESPACES, "activations"]


def exported(name: str) -> dict[str, type]:
    namespace, base = NAMESPACES[name]
    members = {each: getattr(namespace, each) for each in dir(namespace)}
    return {each: member for each, member in members.items() if inspect.isclass(member) and issubclass(member, base)}


def layer(type: str) -> NodeEntry:
    entry = entries("layers")[type]
    assert isinstance(entry, NodeEntry)
    return entry


def parameter(entry: Entry, name: str) -> Parameter:
    return next(each for each in entry.parameters if each.name == name)


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_exported_class_is_offered_once_or_left_out_by_name(name: str) -> None:
    classes = set(exported(name).values())

    offered = set(family(name).members.values())
    left = {exported(name)[each] for each in left_out.CLASSES[name]}

    assert (offered | left, offered & left, len(family(name).members)) == (classes, set(), len(offered))


@pytest.mark.parametrize("name", FAMILIES)
def test_every_left_out_name_exists_in_keras(name: str) -> None:
    namespace = keras.activations if name == "activations" else NAMESPACES[name][0]

    assert [each for each in left_out.CLASSES[name] if not hasattr(namespace, each)] == []


def test_every_left_out_parameter_exists_in_keras() -> None:
    names = [*NAMESPACES, "operations", "applications"]
    arguments = {
        f"{type}.{argument}"
        for name in names
        for type, member in family(name).members.items()
        for argument in inspect.signature(member).parameters
    }
    known = arguments | {argument.rpartition(".")[2] for argument in arguments}

    stale = [each for each in left_out.PARAMETERS if each not in known]

    assert stale == []


@pytest.mark.parametrize("overlay", [layer_overlay, training_overlay])
def test_every_overlay_row_is_used_by_some_class(overlay: object) -> None:
    names = ["layers"] if overlay is layer_overlay else [each for each in NAMESPACES if each != "layers"]
    used = {(entry.type, each.name) for name in names for entry in entries(name).values() for each in entry.parameters}

    by_class = [row for row in overlay.BY_CLASS if tuple(row.split(".")) not in used]
    by_name = set(overlay.BY_NAME) - {name for _, name in used}

    assert (by_class, by_name) == ([], set())


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_constructor_argument_is_classified_or_left_out_by_name(name: str) -> None:
    unknown = {type: found for type in family(name).members if (found := unclassified(name, type))}

    assert unknown == {}


def test_every_argument_of_call_is_known_as_tensor_mask_or_setting() -> None:
    known = TENSORS | MASKS | NOT_TENSORS

    unknown = {
        (type, argument)
        for type, member in family("layers").members.items()
        for argument in inspect.signature(member.call).parameters
        if argument not in known | {"self"}
    }

    assert unknown == set()


def test_no_text_parameter_is_named_like_a_path_or_an_address() -> None:
    suspicious = re.compile(r"path|file|dir|url|root|module|filename|uri|host|command", re.IGNORECASE)

    found = [
        (entry.type, each.name)
        for name in NAMESPACES
        for entry in entries(name).values()
        for each in entry.parameters
        if each.kind in ("string", "strings", "json") and suspicious.search(each.name)
    ]

    assert found == []


def test_the_text_parameters_are_these_alone() -> None:
    found = {
        f"{entry.type}.{each.name}"
        for name in NAMESPACES
        for entry in entries(name).values()
        for each in entry.parameters
        if each.kind in ("string", "strings", "json") and each.name != "name"
    }

    assert found == {
        "BatchNormalization.renorm_clipping",
        "Cropping2D.cropping",
        "Cropping3D.cropping",
        "EarlyStopping.monitor",
        "EinsumDense.bias_axes",
        "EinsumDense.equation",
        "Hashing.mask_value",
        "ModelCheckpoint.monitor",
        "Muon.exclude_layers",
        "ReduceLROnPlateau.monitor",
        "StringLookup.mask_token",
        "StringLookup.oov_token",
        "StringLookup.vocabulary",
        "TextVectorization.vocabulary",
        "ZeroPadding2D.padding",
        "ZeroPadding3D.padding",
    }


def test_every_class_has_a_category_and_a_line_of_help() -> None:
    bare = [
        (name, entry.type)
        for name in FAMILIES
        for entry in entries(name).values()
        if entry.category == OTHER or not entry.doc or "\n" in entry.doc
    ]

    assert bare == []


def test_nearly_every_argument_has_a_line_of_help() -> None:
    bare = [
        f"{entry.type}.{each.name}"
        for name in NAMESPACES
        for entry in entries(name).values()
        for each in entry.parameters
        if not each.doc
    ]

    assert len(bare) <= 12, bare


def test_every_required_argument_has_a_value_to_start_from() -> None:
    bare = [
        f"{entry.type}.{each.name}"
        for name in NAMESPACES
        for entry in entries(name).values()
        for each in entry.parameters
        if each.required and each.suggestion is None
    ]

    assert bare == ["Input.shape"]


def test_aliases_name_classes_that_are_offered() -> None:
    dangling = {name: set(family(name).aliases.values()) - family(name).members.keys() for name in FAMILIES}

    assert dangling == {name: set() for name in FAMILIES}


def test_the_json_reads_back_as_the_same_catalog() -> None:
    assert Catalog.model_validate_json(catalog_json()) == catalog()


def test_the_palette_begins_with_input_and_output() -> None:
    assert [entry["type"] for entry in json.loads(catalog_json())["layers"][:2]] == ["Input", "Output"]


def test_dense_needs_units_alone() -> None:
    dense = layer("Dense")

    assert [each.name for each in dense.parameters if each.required] == ["units"]


def test_a_parameter_tells_kind_range_group_and_help() -> None:
    assert parameter(layer("Dense"), "units") == Parameter(
        name="units",
        kind="integer",
        required=True,
        suggestion=64,
        minimum=1,
        maximum=10_000_000,
        group="main",
        doc="Positive integer, dimensionality of the output space.",
    )


def test_a_window_has_the_length_of_its_space() -> None:
    kernel = parameter(layer("Conv3D"), "kernel_size")

    assert (kernel.kind, kernel.length, kernel.minimum) == ("integers", 3, 1)


def test_weight_arguments_are_grouped() -> None:
    groups = {each.name: each.group for each in layer("Conv1D").parameters}

    assert {
        name: groups[name] for name in ("bias_initializer", "bias_regularizer", "bias_constraint", "trainable")
    } == {
        "bias_initializer": "initializers",
        "bias_regularizer": "regularizers",
        "bias_constraint": "regularizers",
        "trainable": "general",
    }


def test_a_vocabulary_is_a_list_of_words() -> None:
    kinds = {type: parameter(layer(type), "vocabulary").kind for type in ("StringLookup", "TextVectorization")}

    assert kinds == {"StringLookup": "strings", "TextVectorization": "strings"}


def test_only_callbacks_without_paths_addresses_and_code_are_offered() -> None:
    assert list(entries("callbacks")) == [
        "CSVLogger",
        "EarlyStopping",
        "LearningRateScheduler",
        "ModelCheckpoint",
        "ReduceLROnPlateau",
        "SwapEMAWeights",
        "TensorBoard",
        "TerminateOnNaN",
    ]


def test_help_in_place_of_keras_is_used_and_speaks_of_what_can_be_given_here() -> None:
    told = {
        f"{entry.type}.{each.name}": each.doc
        for name in NAMESPACES
        for entry in entries(name).values()
        for each in entry.parameters
    }

    assert {place: told.get(place) for place in own_arguments.DOCS} == own_arguments.DOCS
