"""What a training says, with what is found in it."""

from layerloom.events import EpochEvent, Event, FindingEvent, ProbeEvent, StartedEvent
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.library import library
from layerloom.probes import LayerSigns
from layerloom.training.findings.doctor import Doctor
from layerloom.training.findings.places import nodes_of_layers
from tests.training.making import SOFTMAX, flower

STARTED = StartedEvent(
    parameters=1, epochs=9, steps_per_epoch=1, batch_size=1, training_rows=1, validation_rows=0, test_rows=0
)


def dead(epoch: int) -> ProbeEvent:
    layers = {"dense": LayerSigns(dead=1.0)}
    return ProbeEvent(k=epoch, epoch=epoch, global_step=100 * epoch, samples=8, seconds=0.1, layers=layers)


def test_events_pass_and_a_finding_is_told_once_at_its_node() -> None:
    said: list[Event] = []
    doctor = Doctor(said.append, flower(("Dense", {"units": 4, "activation": "relu"}), SOFTMAX))
    for event in (STARTED, EpochEvent.of({"loss": 1.0}, epoch=1, global_step=1, seconds=1.0), dead(1), dead(2)):
        doctor(event)
    found = [event for event in said if isinstance(event, FindingEvent)]
    assert [event.kind for event in said] == ["started", "epoch", "probe", "finding", "probe"]
    assert [(one.code, one.node, one.layer, one.epoch, one.evidence["dead"]) for one in found] == [
        ("dead-units", "n1", "dense", 1, 1.0)
    ]


def test_a_layer_inside_a_block_belongs_to_its_node() -> None:
    block = next(one for one in library() if one.name == "residual")
    nodes = [
        Node(id="in", type="Input", name="picture", config={"shape": [8, 8, 4]}),
        Node(id="b", type="block:residual", name="block", config={}),
        Node(id="out", type="Output", name="answer"),
    ]
    edges = [Edge(source="in", target="b"), Edge(source="b", target="out")]
    found = nodes_of_layers(Graph(nodes=nodes, edges=edges, blocks={"residual": block.block}))
    inner = {node for name, node in found.items() if name not in ("picture", "answer")}
    assert (found["picture"], inner, len(found) > 4) == ("in", {"b"}, True)
