"""What a client may get wrong, each with the answer it gets; numbered as in the project's list of bad inputs."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.api.asgi import TestClient
from tests.api.building import JSON, chain, iris_recipe, iris_run, mlp

JSON_TYPE = {"content-type": "application/json"}
PRIVATE = ("Traceback", "site-packages", "/home/", "/tmp/", "/backend/")


@dataclass
class Row:
    """One request. `code` is that of the error, or of a problem in a report that is a good answer."""

    number: str
    status: int
    code: str
    method: str = "POST"
    path: str = "/api/graphs/check"
    body: Any = None
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=lambda: JSON_TYPE)
    says: str = ""


def drawn(number: str, code: str, *nodes: JSON, says: str = "") -> Row:
    """A chain from Input 'x' through `nodes` to an Output, checked."""
    return graph(number, code, chain(*nodes, {"type": "Output", "name": "y", "config": {}}), says)


def graph(number: str, code: str, document: JSON, says: str = "") -> Row:
    return Row(number, 200, code, body={"graph": document}, says=says)


def malformed(number: str, document: JSON, code: str = "bad-document", says: str = "") -> Row:
    return Row(number, 422, code, body={"graph": document}, says=says)


def recipe(number: str, status: int, code: str, change: Callable[[JSON], object], says: str = "") -> Row:
    """A run on iris whose recipe was changed."""
    body = copy.deepcopy(iris_run())
    change(body["recipe"])
    return Row(number, status, code, path="/api/runs", body=body, says=says)


def raw(number: str, body: bytes, code: str = "malformed") -> Row:
    return Row(number, 400, code, raw=body)


def get(number: str, status: int, code: str, path: str) -> Row:
    return Row(number, status, code, "GET", path, headers={})


def input_of(*shape: int) -> JSON:
    return {"type": "Input", "name": "x", "config": {"shape": list(shape)}}


def layer(kind: str, **config: Any) -> JSON:
    return {"type": kind, "config": config}


def ring(size: int) -> JSON:
    nodes = [{"id": f"n{number}", "type": "Dense", "config": {"units": 2}} for number in range(size)]
    edges = [{"source": f"n{number}", "target": f"n{(number + 1) % size}"} for number in range(size)]
    return {"nodes": nodes, "edges": edges}


def merged(kind: str, one: JSON, other: JSON) -> JSON:
    """Two inputs into one merge layer."""
    nodes = [
        {"id": "a", **one, "name": "a"},
        {"id": "b", **other, "name": "b"},
        {"id": "m", **layer(kind)},
        {"id": "o", "type": "Output", "name": "y", "config": {}},
    ]
    edges = [{"source": "a", "target": "m"}, {"source": "b", "target": "m"}, {"source": "m", "target": "o"}]
    return {"nodes": nodes, "edges": edges}


def levels(count: int, last: str = "Dense", ports: bool = True, **config: Any) -> JSON:
    """A drawing that calls block l1, which calls l2, and so on; the innermost holds one node of type `last`."""
    blocks = {}
    for level in range(1, count + 1):
        innermost = layer(last, **({"units": 2} if last == "Dense" else {}))
        inner = innermost if level == count else layer(f"block:l{level + 1}")
        body = chain({"type": "Input", "name": "i"}, inner, {"type": "Output", "name": "o"})
        blocks[f"l{level}"] = {"graph": body if ports else {"nodes": [{"id": "d", **inner}]}}
    call = layer("block:l1", **config)
    return {**chain(input_of(4), call, {"type": "Output", "name": "y", "config": {}}), "blocks": blocks}


def with_node(change: Callable[[JSON], object]) -> JSON:
    document = copy.deepcopy(mlp(4, 3))
    change(document)
    return document


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def graphs() -> Iterator[Row]:
    picture, flat = input_of(224, 224, 3), input_of(4)
    yield drawn("1", "too-large", picture, layer("Flatten"), layer("Dense", units=10**6), says="1,000,000")
    yield drawn("2", "bad-value", flat, layer("Dense", units=10**19), says="units")
    for value in (0, -5, 1.5, "12", True, None):
        yield drawn(f"3 units {value!r}", "bad-value", flat, layer("Dense", units=value), says="units")
    for size in (2, 50):
        yield graph(f"4 cycle of {size}", "cycle", ring(size))
    yield graph("5", "disconnected", with_node(lambda g: g["edges"].pop(0)))
    yield graph("6 nothing comes in", "missing-input", with_node(lambda g: g["edges"].pop(1)))
    yield graph(
        "6 two wires", "too-many-inputs", with_node(lambda g: g["edges"].append({"source": "n1", "target": "n3"}))
    )
    yield graph("7", "shape-mismatch", merged("Add", input_of(3), input_of(4)), says="Add")
    yield graph("8", "shape-mismatch", merged("Concatenate", input_of(3, 4), input_of(5, 6)))
    yield drawn("9 convolution", "output-empty", input_of(3, 3, 1), layer("Conv2D", filters=2, kernel_size=5))
    yield drawn("9 pooling", "output-empty", input_of(3, 3, 1), layer("MaxPooling2D", pool_size=4))
    yield drawn("10 LSTM", "rank", input_of(3), layer("LSTM", units=2), says="LSTM")
    yield drawn("10 Conv2D", "rank", input_of(28, 28), layer("Conv2D", filters=2, kernel_size=3))
    yield drawn("11", "unknown-size", {**layer("Input", shape=[None]), "name": "x"}, layer("Dense", units=2))
    yield drawn("12 sizes", "reshape", input_of(12), layer("Reshape", target_shape=[7]), says="12")
    yield drawn("12 two free", "bad-value", input_of(12), layer("Reshape", target_shape=[-1, -1]))
    yield drawn("13", "groups", input_of(8, 8, 4), layer("Conv2D", filters=6, kernel_size=3, groups=3))
    strange = ("ops.__import__", "ops.numpy", "ops.add.__globals__", "applications.os", "applications.vgg16")
    for kind in ("Densse", *strange, "block:none", "os.system", "__class__"):
        yield drawn(f"14 {kind}", "unknown-type", flat, layer(kind))
    for name in ("../x", "a/b", "", "x" * 10_000, "   ", "a\u202eb"):
        document = with_node(lambda g, name=name: g["nodes"][1].update(name=name))
        yield graph(f"15 name {name[:8]!r}", "bad-name", document)
    yield graph("15 twice", "duplicate-name", with_node(lambda g: g["nodes"][1].update(name="features")))
    yield malformed("16 id twice", with_node(lambda g: g["nodes"][1].update(id="n1")), says="n1")
    yield malformed("16 missing end", with_node(lambda g: g["edges"][0].update(target="n9")), says="edges[0]")
    yield malformed("16 to itself", with_node(lambda g: g["edges"][0].update(target="n1")), says="itself")
    yield graph("17 itself", "block-recursion", levels(3, last="block:l1"), says="'l1' → 'l2' → 'l3' → 'l1'")
    yield graph("17 repeat", "too-many-nodes", levels(1, repeat=10**9), says="1,000,000,002 nodes; at most 2,000")
    yield graph("17 levels", "too-many-nodes", levels(17), says="16 levels")
    yield graph("17 no ports", "no-input", levels(1, ports=False))
    for shares in ("n9", "n2", "n3"):
        document = with_node(lambda g, shares=shares: g["nodes"][1].update(shares=shares))
        yield graph(f"19 shares {shares}", "shares", document, says="can not share")
    ring_of_two = with_node(lambda g: (g["nodes"][1].update(shares="n3"), g["nodes"][2].update(shares="n2")))
    yield graph("19 ring", "shares", ring_of_two)
    yield graph("19 other shape", "shares", with_node(lambda g: g["nodes"][2].update(shares="n2")))
    many = [{"id": f"n{number}", "type": "Dense"} for number in range(10_001)]
    yield malformed("18 nodes", {"nodes": many}, "too-large-document", says="2000")
    wires = [{"source": "n1", "target": "n2"}] * 20_000
    yield malformed("18 edges", {**mlp(4, 3), "edges": wires}, "too-large-document", says="10000")
    yield Row("18 bytes", 413, "too-large", raw=b" " * 5_000_000)
    for kind in ("Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer"):
        yield drawn(f"20 {kind}", "not-offered", flat, layer(kind))
    yield drawn("22", "bad-value", flat, layer("StringLookup", vocabulary="/etc/passwd"), says="vocabulary")
    for value in ("../x.h5", "/etc/passwd", "http://evil.example/x.h5", {"type": "os.system"}, True):
        resnet = layer("applications.ResNet50", weights=value)
        yield drawn(f"23 {value!r}", "bad-value", input_of(32, 32, 3), resnet, says="weights")
    system = {"type": "os.system", "config": {}}
    yield drawn("24 initializer", "unknown-type", flat, layer("Dense", units=2, kernel_initializer=system))
    wrapped = layer("TimeDistributed", layer={"type": "Lambda", "config": {}})
    yield drawn("24 wrapped", "not-offered", input_of(3, 4), wrapped)
    for type, config in (
        ("ops.ones", {"shape": [2**15, 2**15]}),
        ("ops.arange", {"start": 10**12}),
        ("ops.eye", {"N": 2**31 - 1}),
        ("ops.linspace", {"start": 0, "stop": 1, "num": 2**31 - 1}),
        ("ops.kaiser", {"x": 2**31 - 1, "beta": 1.0}),
    ):
        yield graph(f"25 {type}", "too-large", merged("ops.maximum", input_of(4), layer(type, **config)), says="64 MB")
    yield drawn("26 repeat", "too-large", flat, layer("RepeatVector", n=10**9))
    yield drawn("26 picture", "too-large", input_of(8, 8, 3), layer("UpSampling2D", size=10**5))
    yield drawn("27 rate", "bad-value", flat, layer("Dropout", rate=1.5), says="rate")
    yield drawn("27 activation", "bad-value", flat, layer("Dense", units=2, activation="nope"), says="activation")
    yield drawn("27 axis", "bad-axis", flat, layer("BatchNormalization", axis=9))


def recipes() -> Iterator[Row]:
    for value in (0, -1, 10**9, 1.5, True, "3"):
        yield recipe(f"31 epochs {value!r}", 422, "bad-value", lambda r, v=value: r["fit"].update(epochs=v), "epochs")
    for value in (0, -1, 10**12, 1.5):
        yield recipe(f"31 batch {value!r}", 422, "bad-value", lambda r, v=value: r["fit"].update(batch_size=v), "batch")
    for rate in ("nan", 0, -0.1):
        optimizer = {"type": "SGD", "config": {"learning_rate": rate}}
        change = lambda r, o=optimizer: r["compile"].update(optimizer=o)  # noqa: E731
        yield recipe(f"32 rate {rate!r}", 422, "bad-value", change, "learning_rate")
    for kind in ("BackupAndRestore", "CSVLogger", "RemoteMonitor", "LambdaCallback"):
        callback = {"type": kind, "config": {"filename": "/tmp/x"}}
        yield recipe(f"33 {kind}", 422, "not-offered", lambda r, c=callback: r.update(callbacks=[c]))
    placed = {"type": "ModelCheckpoint", "config": {"filepath": "/tmp/x"}}
    yield recipe("33 ModelCheckpoint", 422, "not-offered", lambda r: r.update(callbacks=[placed]), "folder")
    stop = {"type": "EarlyStopping", "config": {"monitor": "val_los"}}
    yield recipe("34", 422, "unknown-metric", lambda r: r.update(callbacks=[stop]), "val_loss")
    yield recipe("35 no loss", 422, "missing-loss", lambda r: r["compile"].update(outputs={}))
    loss = {"loss": {"type": "MeanSquaredError", "config": {}}}
    yield recipe("35 no output", 422, "unknown-output", lambda r: r["compile"]["outputs"].update(other=loss))
    yield recipe("36 dataset", 422, "unknown-dataset", lambda r: r["data"].update(dataset="gone"))
    yield recipe("36 column", 422, "unknown-column", lambda r: r["data"]["targets"].update(answer=["gone"]))
    two = ["sepal_length_cm", "sepal_width_cm"]
    yield recipe("37", 422, "shape-mismatch", lambda r: r["data"]["inputs"].update(features=two))
    yield recipe("39", 422, "too-few-rows", lambda r: r["data"].update(validation_fraction=0.999))
    titanic = {"dataset": "titanic", "inputs": {"features": ["age"]}, "targets": {"answer": ["survived"]}}
    body = {"graph": mlp(1, 2, "softmax"), "recipe": {**iris_recipe(), "data": titanic}}
    yield Row("40", 422, "non-finite", path="/api/runs", body=body, says="age")


def calls() -> Iterator[Row]:
    yield raw("70 NaN", b'{"graph": {"layout": {"n1": [NaN, 0]}}}')
    yield raw("70 Infinity", b'{"graph": -Infinity}')
    yield raw("70 1e999", b'{"graph": {"layout": {"n1": [1e999, 0]}}}')
    yield raw("70 surrogate", b'{"graph": {"name": "\\ud800"}}')
    yield raw("70 NUL", b'{"graph": {"name": "a\\u0000b"}}')
    yield raw("70 digits", b'{"graph": {"version": ' + b"1" * 5_001 + b"}}")
    yield raw("70 bad UTF-8", b'{"graph": {"name": "\xff"}}')
    yield raw("70 UTF-16", '{"graph": {}}'.encode("utf-16"))
    yield raw("70 key twice", b'{"graph": {}, "graph": {}}')
    yield raw("70 deep", b'{"graph": ' + b"[" * 100_000)
    yield raw("70 trailing", b'{"graph": {}} x')
    yield raw("70 cut off", b'{"graph": {')
    deep = with_node(lambda g: g["nodes"][1]["config"].update(x=nested(40)))
    yield malformed("70 deep config", deep, says="32")
    deeper = json.dumps({"graph": with_node(lambda g: g["nodes"][1]["config"].update(x=0))})
    yield Row("70 900 deep", 422, "bad-document", raw=deeper.replace("0}", "[" * 900 + "]" * 900 + "}", 1).encode())
    yield Row("70 no object", 422, "bad-value", raw=b"[]")
    yield Row("70 null", 422, "bad-value", raw=b"null")
    yield Row("70 empty", 422, "bad-value", raw=b"")
    yield Row("71 unknown field", 422, "bad-value", body={"graph": mlp(4, 3), "extra": 1}, says="extra")
    yield malformed("71 true", with_node(lambda g: g.update(version=True)), says="version")
    yield malformed("71 text", with_node(lambda g: g.update(version="1")), says="version")
    for id in (2**63, 10**18, -1, 0, "1e3", "+1", "01", "1.0", "%00", "..%2f..%2fetc", "%D9%A1", "1" * 5_000, "x"):
        for tail in ("", "/events", "/model"):
            yield get(f"72 id {str(id)[:12]}{tail}", 404, "unknown", f"/api/runs/{id}{tail}")
    for query in ("offset=-1", "limit=0", f"limit={10**9}", "limit=x", "offset=1e3", f"offset={2**63}"):
        yield get(f"73 runs {query}", 422, "bad-value", f"/api/runs?{query}")
        yield get(f"73 rows {query}", 422, "bad-value", f"/api/datasets/iris/rows?{query}")
    long = (f"sort=metric:{'x' * 5_000}", f"search={'x' * 5_000}")
    for query in ("sort=password", "sort=id;drop table runs", "order=up", "state=dead", *long):
        yield get(f"73 {query[:20]}", 422, "bad-value", f"/api/runs?{query}")
    yield Row("74 method", 405, "wrong-method", "PUT", "/api/runs/1")
    yield Row("74 no type", 415, "not-json", raw=b"{}", headers={})
    yield Row("74 other type", 415, "not-json", raw=b"{}", headers={"content-type": "text/plain"})
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        yield Row(f"75 {headers}", 403, "foreign-origin", path="/api/runs", body=iris_run(), headers=headers)
    yield Row("75 host", 400, "bad-host", path="/api/runs", body=iris_run(), headers={"host": "evil.example"})
    yield Row("76", 413, "too-large", raw=b'{"graph": "' + b"x" * 2_100_000 + b'"}')


ROWS = [*graphs(), *recipes(), *calls()]


def send(client: TestClient, row: Row) -> Any:
    content = json.dumps(row.body).encode() if row.raw is None and row.body is not None else row.raw
    return client.request(row.method, row.path, content=content, headers=row.headers)


@pytest.mark.parametrize("row", ROWS, ids=[row.number for row in ROWS])
def test_a_bad_input_gets_its_answer(client: TestClient, row: Row) -> None:
    response = send(client, row)
    answer = response.json()
    codes = {problem["code"] for problem in answer["problems"]} | {answer.get("code")}
    assert (response.status_code, row.code in codes, row.says in response.text) == (row.status, True, True), (
        response.status_code,
        response.text[:600],
    )
    assert not any(private in response.text for private in PRIVATE)


def test_nothing_bad_was_kept(client: TestClient) -> None:
    before = client.get("/api/runs").json()["total"]
    for row in recipes():
        send(client, row)
    assert client.get("/api/runs").json()["total"] == before
