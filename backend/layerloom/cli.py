"""The command line: serve the page, or check and train a file without it. Imports no Keras."""
# ruff: noqa: E402

import gc

gc.disable()  # while thousands of classes are made, collecting would take a fifth of the start

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from pydantic import ValidationError

from layerloom import __version__
from layerloom.api import server
from layerloom.api.app import create_app
from layerloom.api.bodies import DrawingFile, Example, NewRun, SourceStyle
from layerloom.api.errors import readable
from layerloom.model_file import UntrainedFormatName
from layerloom.settings import NVIDIA, Settings
from layerloom.strict_json import Malformed, parse

gc.freeze()
gc.enable()


def _default_home() -> Path:
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "layerloom"


HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="LAYERLOOM_HOME",
    default=_default_home,
    show_default="~/.local/share/layerloom",
    help="Folder of database, runs and caches.",
)
CUSTOM_CODE = click.option(
    "--allow-custom-code",
    is_flag=True,
    envvar="LAYERLOOM_ALLOW_CUSTOM_CODE",
    help="Run the Python that drawings hold. Whoever reaches this server can then run programs on this machine.",
)
T = TypeVar("T", NewRun, DrawingFile)
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="layerloom")
def main() -> None:
    """Draw a neural network, train it, watch it learn, take it with you."""
    # Inherited by the children that load TensorFlow: where there is no GPU, it prints that as an error.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2" if NVIDIA.exists() else "3")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="LAYERLOOM_HOST", help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="LAYERLOOM_PORT", type=click.IntRange(0, 65_535))
@click.option("--token", envvar="LAYERLOOM_TOKEN", help="Ask every visitor for this; needed beyond loopback.")
@click.option("--allow-host", multiple=True, envvar="LAYERLOOM_ALLOW_HOST", help="Another name that leads here.")
@click.option(
    "--concurrent-runs",
    type=click.IntRange(1, 1_000),
    envvar="LAYERLOOM_CONCURRENT_RUNS",
    help="How many runs train side by side; left out, as many as this machine has cores and memory for.",
)
@CUSTOM_CODE
@HOME
def serve(host: str, port: int, token: str | None, allow_host: tuple[str, ...], home: Path, **chosen: Any) -> None:
    """Serve the page and the API until Ctrl-C."""
    server.run(replace(server.settings_for(host, port, token, allow_host, home), **chosen))


@main.command()
@FILE
@CUSTOM_CODE
@HOME
def check(file: Path, allow_custom_code: bool, home: Path) -> None:
    """Say what is wrong with the graph and recipe in FILE; exit code 1 if they cannot be trained."""
    from layerloom.api.command import check_file  # `serve` starts without what only a terminal needs

    sys.exit(asyncio.run(check_file(_read(file), Settings(home=home, allow_custom_code=allow_custom_code))))


@main.command()
@FILE
@CUSTOM_CODE
@HOME
def train(file: Path, allow_custom_code: bool, home: Path) -> None:
    """Train the graph by the recipe in FILE ({"graph": ..., "recipe": ...}); prints the folder of the run."""
    from layerloom.api.command import train_file

    with server.alone(home):
        settings = Settings(home=home, allow_custom_code=allow_custom_code)
        sys.exit(asyncio.run(train_file(_read(file), settings)))


@main.command()
@FILE
@click.option("--style", type=click.Choice(get_args(SourceStyle)), help="Print Python code; the default: functional.")
@click.option("--format", type=click.Choice(get_args(UntrainedFormatName)), help="Write a model without a training.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to.")
@HOME
def export(
    file: Path, style: SourceStyle | None, format: UntrainedFormatName | None, output: Path | None, home: Path
) -> None:
    """Give the graph in FILE as Python code, printed, or with --format as a model file."""
    from layerloom.api.command import export_file
    from layerloom.api.export_command import export_model_file

    asked, settings = _read_as(DrawingFile, file), Settings(home=home)
    if format is None:
        if output is not None:
            raise click.UsageError("-o goes with --format: code is printed.")
        sys.exit(asyncio.run(export_file(asked, style or "functional", settings)))
    if style is not None or output is None:
        raise click.UsageError("--format needs -o FILE, and no --style.")
    sys.exit(asyncio.run(export_model_file(asked, format, output, settings)))


@main.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    click.echo(json.dumps(create_app(Settings(home=_default_home())).openapi(), indent=2))


def _read(file: Path) -> NewRun:
    return _read_as(NewRun, file)


def _read_as(kind: type[T], file: Path) -> T:
    try:
        return kind.model_validate(_project(parse(file.read_bytes())))
    except Malformed as error:
        raise click.ClickException(f"{file}: {error}") from None
    except ValidationError as error:
        raise click.ClickException(f"{file}: {readable(error.errors()[0])}") from None


def _project(document: object) -> object:
    """An example of the app is a project with an id and words about it, which are passed over."""
    if isinstance(document, dict) and document.keys() == Example.model_fields.keys():
        return {"name": document["title"], "graph": document["graph"], "recipe": document["recipe"]}
    return document


if __name__ == "__main__":
    main()
