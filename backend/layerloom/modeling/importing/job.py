"""What the child process of one import runs: limits first, then the reading."""

import logging
from pathlib import Path

from layerloom.modeling.importing.limits import MAX_UNPACKED_BYTES, limit_process
from layerloom.modeling.importing.reading import read_file
from layerloom.modeling.importing.refusals import not_a_model, unsafe
from layerloom.problem import Refusal

log = logging.getLogger(__name__)


def import_json(path: Path, filename: str, folder: Path) -> str:
    """`read_file` as JSON text, in a process that is good for nothing else afterwards. Raises Refusal."""
    limit_process(MAX_UNPACKED_BYTES)
    try:
        return read_file(path, filename, folder).model_dump_json()
    except Refusal:
        raise
    except MemoryError:
        raise unsafe("Reading this file needs more memory than an import may take. It was ended.") from None
    except Exception as error:
        # A file can break its reader in more ways than can be told apart; none of them is the fault of this server.
        log.exception("a model file could not be read")
        raise not_a_model(f"The file can not be read as a model ({type(error).__name__}).") from None
