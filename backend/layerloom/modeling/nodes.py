"""The node types that are no layers of Keras: where data comes in and goes out, and layers written by the user."""

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
STARTING_CODE = """\
import keras
from keras import ops


class MyLayer(keras.layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")

    def call(self, inputs):
        return ops.relu(ops.matmul(inputs, self.kernel))
"""
PYTHON = NodeEntry(
    type="python",
    category="Custom",
    doc="A layer written in Python. It runs only where the server was started with --allow-custom-code.",
    parameters=[
        Parameter(
            name="code",
            kind="code",
            required=True,
            suggestion=STARTING_CODE,
            doc="Python that defines a class made from keras.layers.Layer; the last such class is the layer.",
        ),
        Parameter(name="arguments", kind="json", default={}, doc="Constructor arguments of the class, by name."),
    ],
    inputs=[InputPort(name="inputs")],
    outputs=[OutputPort(name="output")],
)
