"""A drawing written as a model file without a server and without a training."""

import tempfile
from pathlib import Path

from rich.console import Console

from layerloom.api.bodies import DrawingFile
from layerloom.api.checking import budget_bytes
from layerloom.api.exports import EXPORT_UNTRAINED
from layerloom.engine import forkserver
from layerloom.engine.calls import WorkerDied, WorkerTimedOut
from layerloom.engine.workers import Worker
from layerloom.model_file import UntrainedFormatName
from layerloom.problem import Refusal
from layerloom.settings import Settings

OK, FAILED = 0, 1
FIRST_SEED = 7


async def export_model_file(asked: DrawingFile, format: UntrainedFormatName, output: Path, settings: Settings) -> int:
    """Write the model of a drawing to `output`, whole or not at all; the exit code.

    The weights in a `.keras` file are those that a run with the recipe's seed starts from.
    """
    console = Console(stderr=True, highlight=False)
    forkserver.start()
    exporter = Worker("export", settings.export_memory_bytes)
    seed = asked.recipe.seed if asked.recipe else FIRST_SEED
    try:
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=".layerloom-") as folder:
            made = Path(folder) / f"model.{format}"
            arguments = (asked.graph, seed, format, budget_bytes(settings), made)
            await exporter.call(EXPORT_UNTRAINED, *arguments, timeout_s=settings.export_timeout_s)
            made.replace(output)
    except Refusal as refusal:
        console.print(refusal.message, markup=False)
        for problem in refusal.problems:
            console.print(f"{problem.severity} at {problem.node or 'the drawing'} [{problem.code}]", markup=False)
        return FAILED
    except (WorkerDied, WorkerTimedOut, OSError) as failure:
        console.print(str(failure), markup=False)
        return FAILED
    finally:
        await exporter.aclose()
    return OK
