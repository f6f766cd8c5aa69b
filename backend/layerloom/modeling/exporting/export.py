"""A model made into a file and tried: what is returned has answered its samples as Keras does."""

from dataclasses import dataclass
from pathlib import Path

import keras

from layerloom.model_file import FormatName
from layerloom.modeling.exporting.compare import Difference, difference
from layerloom.modeling.exporting.plain_names import plainly_named
from layerloom.modeling.exporting.quiet import quietly
from layerloom.modeling.exporting.refusing import differs, no_answer, not_written, require_installed
from layerloom.modeling.exporting.routes import ROUTES
from layerloom.modeling.exporting.runtime import Array, keras_runtime
from layerloom.modeling.exporting.samples import SAMPLES, sample_batch
from layerloom.problem import Refusal


@dataclass(frozen=True)
class Verified:
    """How a file did on its trial."""

    samples: int
    difference: Difference


def export_model(model: keras.Model, format: FormatName, path: Path) -> Verified:
    """Write the model to `path` and try the file. A file at `path` is to be used only if this returns.

    Raises:
        Refusal: `format-not-installed`, `not-exportable` where the format can not carry the model, `export-differs`
            where it answers otherwise, `not-verifiable` where Keras itself can not answer.
        OSError: the disk is full, or the folder of `path` is gone.
    """
    require_installed(format)
    route = ROUTES[format]
    with quietly():
        subject = plainly_named(model) if route.plain_names else model
        batch, expected = _reference(subject)
        try:
            route.write(subject, path)
            received = route.open(path, subject)(batch)
        except OSError:
            raise
        except Exception as error:
            raise not_written(format, error) from error
    found = difference(expected, received)
    if not found.is_small(model):
        raise differs(format, found)
    return Verified(SAMPLES, found)


def verify_keras_file(model: keras.Model, path: Path) -> Verified:
    """Try a `.keras` file that lies there already. Raises Refusal as `export_model` does."""
    with quietly():
        try:
            received = ROUTES["keras"].open(path, model)
        except (ValueError, TypeError) as error:
            raise not_written("keras", error) from error
        batch, expected = _reference(model)
        found = difference(expected, received(batch))
    if not found.is_small(model):
        raise differs("keras", found)
    return Verified(SAMPLES, found)


def _reference(model: keras.Model) -> tuple[list[Array], list[Array]]:
    """Samples and what Keras says of them. A model that was just loaded has to be called before it is converted."""
    try:
        batch = sample_batch(model)
        return batch, keras_runtime(model)(batch)
    except Refusal:
        raise
    except Exception as error:
        raise no_answer(error) from error
