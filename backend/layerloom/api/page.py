"""The page itself: the built front end that lies in the package."""

from pathlib import Path

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

import layerloom

WEB = Path(layerloom.__file__).parent / "web"
NOT_BUILT = """Layerloom is running, but its page has not been built yet.

Run `make run` in the repository: it builds the page and starts the server.
The API works meanwhile; /openapi.json describes it.
"""
HASHED = "assets/"
FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


class Page(StaticFiles):
    """Files under `web`; an address that is none of them is a place within the page, which finds it by itself.

    Files with a hash in their name are kept by the browser for ever, all others are asked for again each time.
    """

    async def check_config(self) -> None:
        """Take a folder that is not there yet as an empty one."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or the page, or how to build it. Raises HTTPException 404, 405."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or not _is_place(scope["path"]):
                raise
            return await self._index(scope)
        response.headers["cache-control"] = FOREVER if path.startswith(HASHED) else ASK_FIRST
        return response

    async def _index(self, scope: Scope) -> Response:
        path, stat = await anyio.to_thread.run_sync(self.lookup_path, "index.html")
        if stat is None:
            return PlainTextResponse(NOT_BUILT, headers={"cache-control": ASK_FIRST})
        response = self.file_response(path, stat, scope)
        response.headers["cache-control"] = ASK_FIRST
        return response


def page(folder: Path = WEB) -> ASGIApp:
    """The page as an application of its own, its texts compressed."""
    return GZipMiddleware(Page(directory=folder, html=True, check_dir=False))


def _is_place(path: str) -> bool:
    """Whether an unknown address can be a place within the page: no API, no file that is missing."""
    return not f"{path}/".startswith(("/api/", "/openapi", "/assets/")) and "." not in path.rsplit("/", 1)[-1]
