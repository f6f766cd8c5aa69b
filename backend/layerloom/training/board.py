"""The real TensorBoard, in a child that has TensorFlow loaded already: there in a second, where a process of its own
would need six.

It listens on a Unix socket in a private folder instead of a port, so that it can be reached through the server and its
guard alone: TensorBoard itself asks nobody for a token.
"""

import threading
from pathlib import Path
from typing import Any

from tensorboard import program
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

RELOAD_S = 5

_lock = threading.Lock()
_serving: set[Path] = set()


def start(logs: Path, socket: Path, prefix: str) -> None:
    """Serve the runs in `logs` on `socket` under the path `prefix`, in threads; listens once this returns.

    Does nothing if this process serves there already. Raises OSError where the socket can not be made.
    """
    with _lock:
        if socket in _serving:
            return
        board = program.TensorBoard(server_class=lambda app, flags: _Server(app, flags, socket))
        # Its data server would be one more process, and one more open port.
        board.configure(
            logdir=str(logs),
            path_prefix=prefix,
            load_fast="false",
            reload_interval=RELOAD_S,
            reload_multifile=True,
            window_title="TensorBoard · Layerloom",
        )
        board.launch()
        _serving.add(socket)


class _Server(program.TensorBoardServer):  # type: ignore[misc]
    """Where TensorBoard's application listens."""

    def __init__(self, app: Any, flags: Any, socket: Path) -> None:  # noqa: ARG002 (TensorBoard's signature)
        self._server: BaseWSGIServer = make_server(
            f"unix://{socket}", 0, app, threaded=True, request_handler=_QuietHandler
        )

    def serve_forever(self) -> None:
        """Answer until the process ends."""
        self._server.serve_forever()

    def get_url(self) -> str:
        """What TensorBoard calls its address."""
        return f"unix://{self._server.server_address!r}"


class _QuietHandler(WSGIRequestHandler):
    """Without a line in the server's log for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""
