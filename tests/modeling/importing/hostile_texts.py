"""JSON, YAML and descriptions that grow, nest, contradict themselves, or are none."""

import json
import zipfile

from tests.modeling.importing.making import (
    LEFT,
    OPENS,
    Hostile,
    archive,
    call,
    functional,
    json_file,
    keras_file,
    layer,
    sequential,
)


def texts() -> dict[str, Hostile]:
    """JSON and YAML that grow, nest, or are none."""
    described = json.dumps(sequential(layer("Dense", {"units": 2})))
    laughs = "a: &a [x,x]\n" + "".join(f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    broken, unsafe = ("not-a-model",), ("unsafe-model",)
    deep = b"[" * 100_000 + b"]" * 100_000
    return {
        "100,000 levels of JSON": Hostile("a.json", deep, broken),
        "80 levels of JSON": Hostile("a.json", b"[" * 80 + b"]" * 80, unsafe),
        "100,000 levels in .keras": Hostile("a.keras", archive({"config.json": deep}, zipfile.ZIP_STORED), broken),
        "half of a surrogate pair": Hostile("a.json", described.replace('"layer"', '"\\ud800"').encode(), broken),
        "NaN": Hostile("a.json", described.replace("2", "NaN").encode(), broken),
        "a number beyond floats": Hostile("a.json", described.replace("2", "1e999").encode(), broken),
        "5,001 digits": Hostile("a.json", described.replace("2", "9" * 5001).encode(), broken),
        "a key twice": Hostile("a.json", b'{"class_name": 1, "class_name": 2}', broken),
        "UTF-16": Hostile("a.json", described.encode("utf-16"), broken),
        "YAML that makes Python objects": Hostile("a.yaml", b"!!python/object/apply:os.system ['true']", unsafe),
        "YAML laughs": Hostile("a.yaml", laughs.encode(), unsafe),
        "YAML of 5,000 brackets": Hostile("a.yaml", b"[" * 5_000, broken),
        "YAML too large": Hostile("a.yaml", b"a: b\n" * 500_000, unsafe),
        "YAML with a date": Hostile("a.yaml", b"class_name: 2001-01-01", broken),
        "nothing": Hostile("a.keras", b"", broken),
        "blanks": Hostile("a.json", b" \n" * 100, broken),
        "a picture": Hostile("a.keras", b"\x89PNG\r\n\x1a\n" + bytes(100), broken),
        "a pickle": Hostile("a.pkl", b"\x80\x04cos\nsystem\n.", ("unsupported-format",)),
        "an ONNX model": Hostile("a.onnx", b"\x08\x07\x12\x04test", ("unsupported-format",)),
        "a TensorFlow graph": Hostile("a.pb", b"\n\x0bPlaceholder", ("unsupported-format",)),
        "a graph with a node twice": Hostile(
            "a.json", b'{"nodes": [{"id": "n1", "type": "Input"}, {"id": "n1", "type": "Input"}]}', ("bad-document",)
        ),
    }


def structures() -> dict[str, Hostile]:
    """Descriptions of models that cannot be."""
    broken = ("not-a-model",)
    dense = layer("Dense", {"units": 2, "name": "d"}) | {"name": "d", "inbound_nodes": [call("x")]}
    entrance = layer("InputLayer", {"batch_shape": [None, 4], "name": "x"}) | {"name": "x", "inbound_nodes": []}
    inner = functional([entrance, dense])
    for _ in range(12):
        calls = [call("x"), call("x")]
        model = inner | {"name": "d", "inbound_nodes": calls}
        inner = functional([entrance, model])
    return {
        "layers that feed each other": json_file(
            functional([entrance, dense | {"inbound_nodes": [call("d")]}]), broken
        ),
        "a wire from nowhere": json_file(functional([entrance, dense | {"inbound_nodes": [call("y")]}]), broken),
        "a call that was never made": json_file(functional([entrance, dense], output=["d", 7, 0]), broken),
        "two layers of one name": json_file(functional([entrance, dense, dense]), broken),
        "layers that are no list": json_file(
            {"class_name": "Sequential", "config": {"name": "s", "layers": 3}}, broken
        ),
        "a layer that is no object": json_file(sequential(3), broken),  # type: ignore[arg-type]
        "models in models called twice each, 12 levels": json_file(inner, OPENS),
        "a layer that would need 15 TB": json_file(sequential(layer("Dense", {"units": 10**9})), OPENS),
        "a layer named ../../x": keras_file(
            "a.keras", sequential(layer("Dense", {"units": 2, "name": "../../x"})), LEFT
        ),
        "a layer named a/b": keras_file("a.keras", sequential(layer("Dense", {"units": 2, "name": "a/b"})), LEFT),
        "weights of other shapes": keras_file(
            "a.keras", sequential(layer("Dense", {"units": 3})), ("opens", "weights-mismatch")
        ),
    }
