"""The recipe's callbacks as Python expressions: they make what `training.callbacks` makes, without this app."""

from collections.abc import Mapping

from pydantic import JsonValue

from layerloom.modeling.nested import nested
from layerloom.modeling.own_arguments import ADDED
from layerloom.modeling.reflection import find
from layerloom.modeling.source.expressions import construction
from layerloom.modeling.source.literals import dict_of, literal
from layerloom.recipe import KerasObject
from layerloom.training.callbacks import CSV, RATES, rates_by_epoch
from layerloom.training.keeping import MODEL_CHECKPOINT

_PATHS: Mapping[str, str] = {"CSVLogger": CSV, "TensorBoard": "logs"}
_CHECKPOINT = "checkpoints/epoch-{epoch:05d}.keras"
"""Where they write, beside the script."""


def callback_expression(described: KerasObject) -> str:
    """`keras.callbacks.EarlyStopping(patience=3)`. The callback is valid."""
    entry = find("callbacks", described.type)
    type = entry.type if entry else described.type
    if type == "LearningRateScheduler":
        return construction("callbacks", type, {}, given=[_rates(described.config[RATES])])
    if type == MODEL_CHECKPOINT:
        return _model_checkpoint(described.config)
    return construction("callbacks", type, described.config, given=[literal(_PATHS[type])] if type in _PATHS else [])


def _model_checkpoint(config: Mapping[str, JsonValue]) -> str:
    """Keras's own, which keeps all that it saves. It can save every n steps, but then it knows no validation metric."""
    known = {name: value for name, value in config.items() if name not in ADDED[MODEL_CHECKPOINT]}
    every = config.get("every_epochs", 1)
    written = construction("callbacks", MODEL_CHECKPOINT, known, given=[literal(_CHECKPOINT)])
    if every == 1 or config.get("save_best_only"):
        return written
    return f"{written.removesuffix(')')}, save_freq={every} * len(training))"


def _rates(rates: JsonValue) -> str:
    """The function of an epoch (from 0) and the rate so far that Keras takes."""
    if isinstance(rates, list):
        table = dict_of((epoch, literal(rate)) for epoch, rate in rates_by_epoch(rates).items())
        return f"lambda epoch, rate: {table}.get(epoch, rate)"
    type, config = nested(rates) or ("", {})
    return f"lambda epoch: float({construction('schedules', type, config)}(epoch))"
