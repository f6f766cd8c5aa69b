"""What a file is, told from its first bytes; its name decides only between what looks alike."""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from layerloom.modeling.importing.refusals import not_a_model, unsupported

Container = Literal["zip", "hdf5", "json", "yaml"]

ZIP, EMPTY_ZIP, HDF5 = b"PK\x03\x04", b"PK\x05\x06", b"\x89HDF\r\n\x1a\n"
_PICKLE = bytes(pickle.PROTO)
_TO_KERAS = "Load it in its own framework, rebuild the model in Keras and call model.save('model.keras')."
_FOREIGN: Mapping[str, tuple[str, str]] = {
    ".pt": ("a PyTorch file", _TO_KERAS),
    ".pth": ("a PyTorch file", _TO_KERAS),
    ".bin": ("a file of bare weights", _TO_KERAS),
    ".safetensors": ("a file of bare weights", _TO_KERAS),
    ".onnx": ("an ONNX model", "Convert it to Keras and call model.save('model.keras')."),
    ".pb": ("a TensorFlow graph", "Load it in TensorFlow, rebuild the model in Keras and save it as .keras."),
    ".tflite": ("a LiteRT model", "Save the Keras model that it was made from as .keras."),
}
PYTORCH = ("a PyTorch file", _TO_KERAS)
SAVED_MODEL = ("a SavedModel", "Load it with TensorFlow, rebuild the model in Keras and save it as .keras.")
_TEXT_START_BYTES = 4096


def container_of(path: Path, filename: str) -> Container:
    """How the file must be read. Raises Refusal for what is not read, with what to do instead."""
    with path.open("rb") as file:
        start = file.read(_TEXT_START_BYTES)
    if not start.strip():
        raise not_a_model("The file is empty.")
    if start.startswith((ZIP, EMPTY_ZIP)):
        return "zip"
    if start.startswith(HDF5):
        return "hdf5"
    suffix = Path(filename.lower()).suffix
    if suffix in _FOREIGN:
        raise unsupported(*_FOREIGN[suffix])
    if start.startswith(_PICKLE):
        raise unsupported("a file of Python objects", "Such files can run code and are never opened.")
    return _kind_of_text(start, suffix)


def _kind_of_text(start: bytes, suffix: str) -> Container:
    if b"\0" in start:
        raise not_a_model(f"The file is damaged, or no model. It begins with none of {_KNOWN}.")
    if suffix in (".yaml", ".yml"):
        return "yaml"
    if suffix == ".json" or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return "json"
    if suffix in (".keras", ".h5", ".hdf5"):
        raise not_a_model(f"The file is damaged: it begins with none of {_KNOWN}.")
    return "yaml"


_KNOWN = "the marks of a zip archive, an HDF5 file or JSON"
