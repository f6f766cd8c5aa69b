"""A drawing as the statements of a program: Inputs, layers in the order of their calls, Outputs. Strings of Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from layerloom.modeling.source.variables import Variable

_FLAT = frozenset({"LSTM", "GRU", "SimpleRNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Bidirectional"})
"""Layers that return several tensors side by side; of all others the answer may nest."""


@dataclass(frozen=True)
class Port:
    """An Input or Output node: its Keras name, its variable, and (of an Input) the expression that makes it."""

    node: str
    name: str
    variable: str
    expression: str = ""


@dataclass(frozen=True)
class Layer:
    """A layer: its Keras name, the identifier of its variable or attribute, the expression that makes it."""

    node: str
    type: str
    name: str
    variable: str
    construction: str
    config: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Step:
    """A call: `targets = layer(arguments)`, or, where there is no layer, `targets = operation`.

    `first` if no step before calls this layer.
    """

    node: str
    targets: list[str]
    layer: Layer | None = None
    arguments: str = ""
    operation: str = ""
    first: bool = True
    listed: bool = False
    block: "BlockCall | None" = None

    def call(self, function: str) -> str:
        """The expression that calls the layer by `function`, with one value for each target."""
        called = f"{function}({self.arguments})"
        nests = len(self.targets) > 1 and self.layer is not None and self.layer.type not in _FLAT
        return f"keras.tree.flatten({called})" if nests else called

    @property
    def assigned(self) -> str:
        """The targets as what stands on the left of `=`."""
        return f"[{self.targets[0]}]" if self.listed and len(self.targets) == 1 else ", ".join(self.targets)


@dataclass(frozen=True)
class BlockCall:
    """A call of a block: what it is called on, its arguments, how often, the attribute that holds its layer.

    `arguments` are settings and name by keyword; where the block repeats, they are those of the copy `number`.
    """

    block: "BlockFunction"
    inputs: list[str]
    arguments: list[str]
    repeat: int
    variable: str

    @property
    def construction(self) -> str:
        """The expression that makes the layer of a block that is a class, a list of them where it repeats."""
        made = f"{self.block.name}({', '.join(self.arguments)})"
        return made if self.repeat == 1 else f"[{made} for number in range(1, {self.repeat + 1})]"


@dataclass
class BlockFunction:
    """A block as a function or a class: its name, its arguments with their defaults, and what it computes."""

    name: str
    program: "Program"
    variables: Mapping[str, Variable]
    defaults: dict[str, str]


@dataclass
class Program:
    """What a template prints. `blocks` are functions, those first that others call; `codes` the user's own layers.

    `counters`: by the beginning of a name, how many of Keras's numbers to pass over (see `counters.py`).
    """

    title: str
    model_name: str
    blocks: list[BlockFunction] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    inputs: list[Port] = field(default_factory=list)
    outputs: list[Port] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)

    @property
    def layers(self) -> list[Layer]:
        """Every layer once, in the order of creation."""
        return [step.layer for step in self.steps if step.layer and step.first]

    @property
    def created(self) -> list[Layer | BlockCall]:
        """Every layer, and every block that is one, in the order of creation."""
        return [made for step in self.steps if step.first and (made := step.block or step.layer)]

    @property
    def shared(self) -> set[str]:
        """Node ids of the layers that are called more than once."""
        return {step.layer.node for step in self.steps if step.layer and not step.first}

    @property
    def arrays(self) -> bool:
        """Whether it holds arrays of NumPy."""
        own = any("np.array(" in step.operation + step.arguments for step in self.steps)
        return own or any(block.program.arrays for block in self.blocks)
