"""What of Keras is not offered here, each with its reason. Everything else is in the catalog.

A parameter is left out by its name (everywhere) or as `Class.name`. The reasons are shown to users.
"""

from collections.abc import Mapping

_BASE = "It is a base class; pick one of the classes made from it."
_FOREIGN = "It needs a model of another framework."
_PATH = "It reads or writes files of the server."
_CALLABLE = "It would run code."

CLASSES: Mapping[str, Mapping[str, str]] = {
    "layers": {
        "Equalization": "Keras 3.15 can build no model with it: it hands its input on where a new tensor is needed.",
        "FlaxLayer": _FOREIGN,
        "InputLayer": "Use an Input node.",
        "JaxLayer": _FOREIGN,
        "Lambda": "It would run code from the drawing. Use other layers.",
        "Layer": _BASE,
        "TFSMLayer": "It reads files of the server.",
        "TorchModuleWrapper": _FOREIGN,
        "Wrapper": _BASE,
    },
    "losses": {"Loss": _BASE},
    "metrics": {
        "Mean": "It averages one tensor; a metric here compares targets with predictions.",
        "MeanMetricWrapper": _CALLABLE,
        "Metric": _BASE,
        "Sum": "It adds up one tensor; a metric here compares targets with predictions.",
    },
    "optimizers": {
        "LossScaleOptimizer": "Keras wraps the optimizer in it by itself where the dtype policy needs it.",
        "MultiOptimizer": "It maps layer objects to optimizers, which a recipe can not hold.",
        "Optimizer": _BASE,
    },
    "schedules": {"LearningRateSchedule": _BASE},
    "callbacks": {
        "BackupAndRestore": "Every run is checkpointed and resumed by itself; its folder argument deletes files.",
        "CSVLogger": _PATH,
        "Callback": _BASE,
        "CallbackList": "The list of callbacks of the recipe is one already.",
        "History": "Every run keeps its history by itself.",
        "LambdaCallback": _CALLABLE,
        "LearningRateScheduler": "It would run code. Give the optimizer's learning_rate a schedule.",
        "ModelCheckpoint": "Every run keeps its last and best checkpoint by itself.",
        "OrbaxCheckpoint": _PATH,
        "ProgbarLogger": "The page shows the progress.",
        "RemoteMonitor": "It would send data to any address.",
        "TensorBoard": _PATH,
    },
    "initializers": {"Initializer": _BASE},
    "regularizers": {"Regularizer": _BASE},
    "constraints": {"Constraint": _BASE},
    "activations": {"threshold": "It has required arguments; a name alone can not give them."},
}
"""Family -> exported name -> reason."""

PARAMETERS: Mapping[str, str] = {
    "Bidirectional.weights": "Weights are learned or loaded, never drawn.",
    "Embedding.weights": "Weights are learned or loaded, never drawn.",
    "EinsumDense.gptq_unpacked_column_size": "Keras sets it when it quantizes a model.",
    "EinsumDense.quantization_config": "Keras sets it when it quantizes a model.",
    "Embedding.quantization_config": "Keras sets it when it quantizes a model.",
    "Dense.quantization_config": "Keras sets it when it quantizes a model.",
    "GRU.use_cudnn": "Keras picks the fast implementation wherever it can.",
    "LSTM.use_cudnn": "Keras picks the fast implementation wherever it can.",
    "StringLookup.encoding": "Text reaches the model as UTF-8.",
    "TextVectorization.encoding": "Text reaches the model as UTF-8.",
    "TextVectorization.ragged": "Models here take no ragged tensors.",
    "EarlyStopping.verbose": "The page shows what happens.",
    "ReduceLROnPlateau.verbose": "The page shows what happens.",
    "IntegerLookup.vocabulary_dtype": "Keras supports its default alone.",
}
"""`Class.parameter` (or `parameter`, everywhere) -> reason."""

NODE_FIELDS: Mapping[str, str] = {"name": "The layer name is the node's own name."}
"""Arguments of every layer that the graph document says elsewhere -> where."""


def parameter_reason(owner: str, name: str) -> str | None:
    """Why the constructor argument `name` of class `owner` is not offered; None where it is not in the list."""
    return PARAMETERS.get(f"{owner}.{name}") or PARAMETERS.get(name)
