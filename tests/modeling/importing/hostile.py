"""The hostile files: those that carry code, and all of them together."""

from pathlib import Path

import keras

from tests.modeling.importing.hostile_containers import hdf5s, zips
from tests.modeling.importing.hostile_texts import structures, texts
from tests.modeling.importing.making import LEFT, OPENS, Hostile, json_file, keras_file, layer, sequential


def corpus(folder: Path) -> dict[str, Hostile]:
    """Every hostile file by a name; `folder` holds the marker that none may write and the secret that none may read."""
    marker, secret = folder / "marker", folder / "secret.txt"
    secret.write_text("sesame")
    return {
        **lambdas(folder, marker),
        **gadgets(secret),
        **classes(),
        **hdf5s(folder, secret),
        **zips(),
        **texts(),
        **structures(),
    }


def lambda_model(marker: Path) -> keras.Model:
    """A model whose one layer writes the marker when it is rebuilt."""
    path = str(marker)
    layer = keras.layers.Lambda(lambda x: (open(path, "w").close(), x)[1])  # noqa: PTH123
    return keras.Sequential([keras.Input((4,)), layer, keras.layers.Dense(2)])


def lambdas(folder: Path, marker: Path) -> dict[str, Hostile]:
    model = lambda_model(marker)
    marker.unlink(missing_ok=True)
    bodies = {}
    for suffix in (".keras", ".h5"):
        path = folder / f"lambda{suffix}"
        model.save(path)
        bodies[suffix] = path.read_bytes()
    marker.unlink(missing_ok=True)
    told = ("opens", "lambda", "weights-left-out")
    return {
        "lambda in .keras": Hostile("a.keras", bodies[".keras"], told),
        "lambda in .h5": Hostile("a.h5", bodies[".h5"], told),
        "lambda in JSON": Hostile("a.json", model.to_json().encode(), ("opens", "lambda")),
    }


def gadgets(secret: Path) -> dict[str, Hostile]:
    """Lambda layers that name a function, and arguments that name a file."""
    functions = {
        "os.system": ("os", "system"),
        "eval": ("builtins", "eval"),
        "get_file": ("keras.utils", "get_file"),
        "unsafe deserialization": ("keras.config", "enable_unsafe_deserialization"),
        "load_model": ("keras.models", "load_model"),
        "set_floatx": ("keras.config", "set_floatx"),
    }
    found: dict[str, Hostile] = {}
    for name, (module, function) in functions.items():
        target = {"module": module, "class_name": "function", "config": function, "registered_name": function}
        described = sequential(layer("Lambda", {"function": target, "arguments": {"x": "float16"}}))
        found[f"{name} by Lambda in .keras"] = keras_file("a.keras", described, ("opens", "lambda", "weights-left-out"))
        found[f"{name} by Lambda in JSON"] = json_file(described, ("opens", "lambda"))
        activation = sequential(layer("Dense", {"units": 2, "activation": target}))
        found[f"{name} as an activation"] = keras_file("a.keras", activation, LEFT)
    for type in ("StringLookup", "TextVectorization", "IntegerLookup"):
        reads = sequential(layer(type, {"vocabulary": str(secret)}), dtype="string")
        found[f"{type} reads a file, .keras"] = keras_file("a.keras", reads, LEFT)
        found[f"{type} reads a file, JSON"] = json_file(reads, OPENS)
    return found


def classes() -> dict[str, Hostile]:
    """Classes that are not in the catalog, or that only look as if they were."""
    dense = layer("Dense", {"units": 2})
    left_out = {
        "TFSMLayer": {"filepath": "/tmp/elsewhere", "call_endpoint": "serve"},
        "TorchModuleWrapper": {"module": "gASVJgAAAAAAAACMBXBvc2l4"},
        "JaxLayer": {"call_fn": {"class_name": "__lambda__", "config": {"code": "4wEAAAA="}}},
        "FlaxLayer": {"module": {"class_name": "__lambda__", "config": {"code": "4wEAAAA="}}},
    }
    found = {
        f"{type} in .keras": keras_file(
            "a.keras", sequential(layer(type, config)), ("opens", "not-offered", "weights-left-out")
        )
        for type, config in left_out.items()
    }
    custom = ("opens", "custom-class")
    found["a class of another package"] = json_file(sequential(dense | {"module": "xml.dom.minidom"}), custom)
    found["a registered class named like one of Keras"] = json_file(
        sequential(dense | {"registered_name": "Custom>Dense"}), custom
    )
    found["an unknown class"] = json_file(sequential(layer("MyNet", {"a": 1})), custom)
    compiled = sequential(dense) | {"compile_config": {"optimizer": {"class_name": "function", "config": "os.system"}}}
    found["a function as optimizer"] = json_file(compiled, OPENS)
    found["a custom model"] = json_file(sequential(dense) | {"registered_name": "Custom>Net"}, ("not-a-model",))
    return found
