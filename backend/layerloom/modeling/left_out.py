"""What of Keras is not offered here, each with its reason. Everything else is in the catalog.

A parameter is left out by its name (everywhere) or as `Class.name`. The reasons are shown to users.
"""

from collections.abc import Mapping

_BASE = "It is a base class; pick one of the classes made from it."
_FOREIGN = "It needs a model of another framework."
_PATH = "It reads or writes files of the server."
_FOLDER = "It is written into the folder of the run."
_CALLABLE = "It would run code."
_FUNCTION = "It takes a function, which a drawing can not hold. Draw the steps, or use a recurrent layer for a loop."
_ASKS = "It asks about a tensor instead of computing one; the check shows shape and dtype of every wire."
_EAGER = "TensorFlow runs it outside of a model alone."
_VALUES_DECIDE = "How much it gives out depends on the values; a model needs sizes that are known."

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
        "Callback": _BASE,
        "CallbackList": "The list of callbacks of the recipe is one already.",
        "History": "Every run keeps its history by itself.",
        "LambdaCallback": _CALLABLE,
        "OrbaxCheckpoint": _PATH,
        "ProgbarLogger": "The page shows the progress.",
        "RemoteMonitor": "It would send data to any address.",
    },
    "initializers": {"Initializer": _BASE},
    "regularizers": {"Regularizer": _BASE},
    "constraints": {"Constraint": _BASE},
    "operations": {
        "ops.adaptive_average_pool": "Keras sizes it wrongly in a model. Use the layer AdaptiveAveragePooling2D.",
        "ops.adaptive_max_pool": "Keras sizes it wrongly in a model. Use the layer AdaptiveMaxPooling2D.",
        "ops.associative_scan": _FUNCTION,
        "ops.bincount": _VALUES_DECIDE,
        "ops.cond": _FUNCTION,
        "ops.conv_transpose": "Keras can not run it in a model. Use the layer Conv2DTranspose.",
        "ops.convert_to_numpy": "A model computes with tensors alone.",
        "ops.convert_to_tensor": "Every wire carries a tensor already; ops.cast changes its dtype.",
        "ops.corrcoef": _EAGER,
        "ops.custom_gradient": _FUNCTION,
        "ops.dtype": _ASKS,
        "ops.empty": "Its values are whatever the memory held. Use ops.zeros.",
        "ops.empty_like": "Its values are whatever the memory held. Use ops.zeros_like.",
        "ops.fori_loop": _FUNCTION,
        "ops.is_tensor": _ASKS,
        "ops.isin": _EAGER,
        "ops.jvp": _FUNCTION,
        "ops.kron": _EAGER,
        "ops.map": _FUNCTION,
        "ops.nanmedian": _EAGER,
        "ops.nanpercentile": _EAGER,
        "ops.nanquantile": _EAGER,
        "ops.ndim": _ASKS,
        "ops.nonzero": _VALUES_DECIDE,
        "ops.scan": _FUNCTION,
        "ops.shape": _ASKS,
        "ops.size": _ASKS,
        "ops.slice": "Its sizes include the batch, which a drawing leaves open. Use ops.get_item.",
        "ops.switch": _FUNCTION,
        "ops.unique": _VALUES_DECIDE,
        "ops.vectorize": _FUNCTION,
        "ops.vectorized_map": _FUNCTION,
        "ops.view_as_complex": "TensorFlow can not run it as Keras writes it. Use ops.polar.",
        "ops.while_loop": _FUNCTION,
    },
    "applications": {},
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
    "CSVLogger.append": "A run that goes on goes on in its file.",
    "CSVLogger.filename": _FOLDER,
    "LearningRateScheduler.verbose": "The page shows what happens.",
    "TensorBoard.embeddings_freq": "TensorBoard's projector reads files of its own.",
    "TensorBoard.embeddings_metadata": _PATH,
    "TensorBoard.log_dir": _FOLDER,
    "TensorBoard.profile_batch": "It needs the profiler, which is a package of its own.",
    "ModelCheckpoint.filepath": _FOLDER,
    "ModelCheckpoint.save_freq": "Checkpoints here follow epochs: say how many with every_epochs.",
    "ModelCheckpoint.save_weights_only": "A checkpoint holds all that it takes to go on.",
    "ModelCheckpoint.verbose": "The page shows what happens.",
    "EarlyStopping.verbose": "The page shows what happens.",
    "ReduceLROnPlateau.verbose": "The page shows what happens.",
    "IntegerLookup.vocabulary_dtype": "Keras supports its default alone.",
    "ops.linspace.retstep": "The step follows from start, stop and num.",
    "ops.moments.synchronized": "Models here train on one device.",
    "ops.multi_hot.sparse": "Models here take no sparse tensors.",
    "ops.one_hot.sparse": "Models here take no sparse tensors.",
    "input_tensor": "The wire brings the tensor.",
    "input_shape": "The wire brings the shape.",
}
"""`Class.parameter` (or `parameter`, everywhere) -> reason."""

NODE_FIELDS: Mapping[str, str] = {"name": "The layer name is the node's own name."}
"""Arguments of every layer that the graph document says elsewhere -> where."""


def parameter_reason(owner: str, name: str) -> str | None:
    """Why the constructor argument `name` of class `owner` is not offered; None where it is not in the list."""
    return PARAMETERS.get(f"{owner}.{name}") or PARAMETERS.get(name)
