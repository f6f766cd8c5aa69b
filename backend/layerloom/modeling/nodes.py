"""The node types that are no Keras layers: where data comes in and where it goes out."""

from layerloom.catalog import InputPort, NodeEntry, OutputPort, Parameter
from layerloom.modeling.spec import TENSOR_DTYPES

INPUT = NodeEntry(
    type="Input",
    category="Core",
    doc="Where data comes in: the shape of one sample.",
    parameters=[
        Parameter(
            name="shape",
            kind="shape",
            required=True,
            minimum=1,
            doc="Shape of one sample, without the batch axis; null for a size that varies.",
        ),
        Parameter(
            name="dtype",
            kind="dtype",
            default="float32",
            choices=list(TENSOR_DTYPES),
            group="general",
            doc="What the numbers are stored as.",
        ),
    ],
    inputs=[],
    outputs=[OutputPort(name="output")],
)
OUTPUT = NodeEntry(
    type="Output",
    category="Core",
    doc="What the model answers: compared with a target while training.",
    inputs=[InputPort(name="input")],
    outputs=[],
)
