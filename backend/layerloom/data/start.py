"""A first drawing for a dataset: small, sensible, ready to train and to be changed."""

from collections.abc import Sequence

from pydantic import JsonValue

from layerloom.data.dataset import Column, DatasetInfo
from layerloom.data.drawing import plain
from layerloom.graph.document import Edge, Graph, Node
from layerloom.graph.naming import unique

X_STEP, Y_STEP = 220.0, 110.0
MAX_TOKENS, EMBEDDING_SIZE = 10_000, 32
HIDDEN_UNITS = ((1_000, 16), (10_000, 32))
MOST_HIDDEN_UNITS = 64


def starting_graph(dataset: DatasetInfo) -> Graph:
    """A drawing that takes the dataset's default inputs and answers its default targets.

    Numbers are normalised side by side, categories one-hot encoded, texts embedded, images scaled and flattened,
    sequences read by an LSTM; what comes out of these branches is joined and goes through two hidden layers.
    """
    sketch = _Sketch(dataset.title)
    columns = [dataset.column(name) for name in dataset.default_inputs]
    numbers = [column for column in columns if _is_number(column)]
    groups = ([numbers] if numbers else []) + [[column] for column in columns if column not in numbers]
    ends = [sketch.branch(group, row - (len(groups) - 1) / 2) for row, group in enumerate(groups)]
    body = ends[0] if len(ends) == 1 else sketch.add("Concatenate", ends)
    units = next((units for rows, units in HIDDEN_UNITS if dataset.rows["train"] < rows), MOST_HIDDEN_UNITS)
    for number in (1, 2):
        body = sketch.add("Dense", [body], name=f"hidden_{number}", units=units, activation="relu")
    targets = [dataset.column(name) for name in dataset.default_targets]
    for row, target in enumerate(targets):
        sketch.head(target, body, row - (len(targets) - 1) / 2)
    return sketch.graph()


def _is_number(column: Column) -> bool:
    """Numbers, and categories of two: their index is as good as a one-hot encoding."""
    return column.kind == "number" or (column.classes is not None and len(column.classes) == 2)


class _Sketch:
    """A drawing in the making. A row of 0 is the middle line; a node stands one step right of what feeds it."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._places: dict[str, tuple[float, float]] = {}

    def graph(self) -> Graph:
        return Graph(name=self._title, nodes=self._nodes, edges=self._edges, layout=self._places)

    def add(
        self, type: str, sources: Sequence[str] = (), *, row: float = 0, name: str | None = None, **config: JsonValue
    ) -> str:
        """Add a node behind these and give its id."""
        id = f"n{len(self._nodes) + 1}"
        taken = {node.name for node in self._nodes if node.name}
        self._nodes.append(Node(id=id, type=type, name=name and unique(name, taken), config=config))
        self._edges += [Edge(source=source, target=id) for source in sources]
        right = max((self._places[source][0] + X_STEP for source in sources), default=0.0)
        self._places[id] = (right, row * Y_STEP)
        return id

    def branch(self, group: Sequence[Column], row: float) -> str:
        """An Input for these columns and the layers that make one vector of it; gives the id of the last."""
        column, name = group[0], plain(group[0].name) or "input"
        match column.kind:
            case "text":
                return self._text(self.add("Input", row=row, name=name, shape=[1], dtype="string"), column, row)
            case "image":
                image = self.add("Input", row=row, name=name, shape=[*column.shape], dtype="float32")
                return self.add("Flatten", [self.add("Rescaling", [image], row=row, scale=1 / 255)], row=row)
            case "category" if not _is_number(column):
                category = self.add("Input", row=row, name=name, shape=[1], dtype="int32")
                tokens = len(column.classes or [])
                return self.add("CategoryEncoding", [category], row=row, num_tokens=tokens, output_mode="one_hot")
            case "sequence":
                sequence = self.add("Input", row=row, name=name, shape=[*column.shape], dtype="float32")
                return self.add("LSTM", [self.add("Normalization", [sequence], row=row)], row=row, units=32)
            case _:
                shape: list[JsonValue] = [*column.shape] or [len(group)]
                vector = self.add("Input", row=row, name="numbers", shape=shape, dtype="float32")
                return self.add("Normalization", [vector], row=row)

    def _text(self, words: str, column: Column, row: float) -> str:
        """Words to numbers, cut after what three quarters of the texts need, to the mean of their embeddings."""
        length = int(column.statistics.quartiles[1]) if column.statistics else 1
        tokens = self.add(
            "TextVectorization", [words], row=row, max_tokens=MAX_TOKENS, output_sequence_length=max(1, length)
        )
        vectors = self.add("Embedding", [tokens], row=row, input_dim=MAX_TOKENS, output_dim=EMBEDDING_SIZE)
        return self.add("GlobalAveragePooling1D", [vectors], row=row)

    def head(self, target: Column, source: str, row: float) -> None:
        """The last layer and the Output node for a target, by its kind."""
        classes = len(target.classes or [])
        if classes > 2:
            answer = self.add("Dense", [source], row=row, units=classes, activation="softmax")
        elif classes:
            answer = self.add("Dense", [source], row=row, units=1, activation="sigmoid")
        else:
            answer = self.add("Dense", [source], row=row, units=1)
        self.add("Output", [answer], row=row, name=plain(target.name) or "output")
