"""HDF5 files, looked at link by link before any value is read: one can name other files, and declare anything."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import h5py

from layerloom.modeling.importing.limits import MAX_CONFIG_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, SMALL_BYTES
from layerloom.modeling.importing.refusals import not_a_model, unsafe

MAX_OBJECTS = 100_000
_MODEL_CONFIG = "model_config"
_PLAIN_FILTERS = frozenset({h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_FLETCHER32})


@contextmanager
def opened(path: Path) -> Iterator[h5py.File]:
    """The file, found to hold nothing but numbers of its own. Raises Refusal."""
    with _sound(path) as file:
        yield file


def _sound(path: Path) -> h5py.File:
    try:
        file = h5py.File(path, "r")
        _check(file)
    except (OSError, KeyError, RuntimeError, ValueError, TypeError):
        # What HDF5 says names files and addresses; which of its many mistakes it was helps nobody.
        raise not_a_model(f"The file is damaged: its {path.stat().st_size:,} bytes of HDF5 can not be read.") from None
    return file


def model_config(file: h5py.File) -> bytes:
    """The description of the model in a whole-model `.h5` file. Raises Refusal."""
    if _MODEL_CONFIG not in file.attrs:
        raise not_a_model("This HDF5 file holds no architecture, only weights. Save the whole model: model.save(...).")
    attribute = file.attrs.get_id(_MODEL_CONFIG)
    if attribute.get_type().get_class() != h5py.h5t.STRING or attribute.shape != ():
        raise not_a_model("The description of the model is not a text.")
    value = file.attrs[_MODEL_CONFIG]
    body = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)
    if len(body) > MAX_CONFIG_BYTES:
        raise unsafe(f"The description of the model has {len(body):,} bytes; at most {MAX_CONFIG_BYTES:,} are read.")
    return body


def _check(file: h5py.File) -> None:
    waiting: list[h5py.Group] = [file]
    seen = {_address(file)}
    declared = 0
    while waiting:
        group = waiting.pop()
        for name in group:
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise unsafe("The file has a link to another place or file among its weights.")
            one = group[name]
            address = _address(one)
            if address in seen:
                raise unsafe("Two names in the file lead to the same weights.")
            seen.add(address)
            if len(seen) > MAX_OBJECTS:
                raise unsafe(f"The file holds more than {MAX_OBJECTS:,} objects.")
            if isinstance(one, h5py.Group):
                waiting.append(one)
            else:
                declared += _size(one)
    if declared > MAX_UNPACKED_BYTES:
        raise unsafe(f"The weights would take {declared:,} bytes; at most {MAX_UNPACKED_BYTES:,} are read.")


def _address(one: h5py.HLObject) -> int:
    return int(h5py.h5o.get_info(one.id).addr)


def _size(one: object) -> int:
    """Bytes of a dataset of plain numbers that lie in this file."""
    if not isinstance(one, h5py.Dataset):
        raise unsafe("The file holds named types; weights are numbers.")
    if one.external or one.is_virtual:
        raise unsafe("The file takes weights from another file.")
    if one.dtype.kind not in "fiub" or one.dtype.hasobject or one.shape is None:
        raise unsafe("The file holds weights that are no numbers.")
    plist = one.id.get_create_plist()
    if any(plist.get_filter(index)[0] not in _PLAIN_FILTERS for index in range(plist.get_nfilters())):
        raise unsafe("The file packs its weights in a way that needs a plug-in.")
    size: int = math.prod(one.shape) * one.dtype.itemsize
    stored = int(one.id.get_storage_size())
    if size > SMALL_BYTES and size > MAX_RATIO * stored:
        raise unsafe(f"Weights are declared with {size:,} bytes, but the file holds {stored:,} of them.")
    return size
