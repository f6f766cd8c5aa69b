"""Every format and its way."""

from layerloom.model_file import FormatName
from layerloom.modeling.exporting.architecture import opened, read_json, read_yaml, write_json, write_yaml
from layerloom.modeling.exporting.keras_files import open_model, open_weights, write_model, write_weights
from layerloom.modeling.exporting.litert_file import open_litert, write_litert
from layerloom.modeling.exporting.onnx_file import open_onnx, write_onnx
from layerloom.modeling.exporting.runtime import Route
from layerloom.modeling.exporting.saved_model import open_saved_model, write_saved_model

KERAS, SAVED_MODEL, ONNX = "the .keras file", "SavedModel", "ONNX"

ROUTES: dict[FormatName, Route] = {
    "keras": Route("A .keras file", write_model, open_model, "the .weights.h5 file"),
    "h5": Route("An .h5 file", write_model, open_model, KERAS),
    "weights": Route("A .weights.h5 file", write_weights, open_weights, KERAS),
    "savedmodel": Route("A SavedModel", write_saved_model, open_saved_model, KERAS, plain_names=True),
    "onnx": Route("ONNX", write_onnx, open_onnx, SAVED_MODEL, plain_names=True),
    "litert": Route("LiteRT", write_litert, open_litert, f"{ONNX} or {SAVED_MODEL}", plain_names=True),
    "json": Route("A JSON file", write_json, opened(read_json), KERAS),
    "yaml": Route("A YAML file", write_yaml, opened(read_yaml), KERAS),
}
