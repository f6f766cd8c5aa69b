"""The application: the rooms below it, the routes, and the layers before them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from layerloom import __version__
from layerloom.api import (
    activations,
    blocks,
    board,
    catalog,
    datasets,
    downloadable,
    errors,
    evaluate,
    examples,
    exports,
    graphs,
    health,
    imports,
    layers,
    learning_rates,
    models,
    probes,
    relations,
    reproduce,
    runs,
    splits,
    stream,
    trials,
    uploads,
    versions,
)
from layerloom.api.guard import Guard
from layerloom.api.page import page
from layerloom.api.rooms import open_rooms
from layerloom.api.submissions import Submissions
from layerloom.settings import Settings

DESCRIPTION = """Draw a neural network, train it, watch it learn, take it with you.

Errors have one shape everywhere: `{"code", "message", "problems"}`. Commands go by HTTP, news comes by the WebSocket
`/api/runs/{run}/stream?after=N`, whose frames are JSON arrays of the events that `GET /api/runs/{run}/events` gives.
"""


NOUNS = (
    health,
    catalog,
    blocks,
    graphs,
    imports,
    downloadable,  # before `datasets/{dataset}`
    datasets,
    uploads,
    versions,
    relations,
    splits,
    runs,
    stream,
    models,
    evaluate,
    exports,
    layers,
    activations,
    probes,
    reproduce,
    trials,
    learning_rates,
    board,
    examples,
)


def create_app(settings: Settings) -> FastAPI:
    """The application with these settings; nothing is opened before its lifespan starts."""
    app = FastAPI(
        title="Layerloom",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings),
        generate_unique_id_function=_operation_id,
    )
    for noun in NOUNS:
        app.include_router(noun.router, prefix="/api")
    app.include_router(board.board_router)
    app.router.default = page()
    errors.install(app)
    # Added last means asked first: the guard stands before the boundary, so that a failure leaves with its headers too.
    app.add_middleware(errors.Boundary)
    app.add_middleware(Guard, settings=settings)
    return app


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_rooms(settings) as rooms:
            app.state.rooms = rooms
            app.state.submissions = Submissions()
            yield

    return lifespan


def _operation_id(route: APIRoute) -> str:
    return f"{route.tags[-1]}_{route.name}" if route.tags else route.name
