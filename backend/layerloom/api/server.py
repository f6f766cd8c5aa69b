"""A server on a home folder: who may reach it, that it is alone there, and the line that says where it is."""

import fcntl
import ipaddress
import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import psutil
import uvicorn
from fastapi import FastAPI

from layerloom.api.app import create_app
from layerloom.api.memory import keep_little
from layerloom.settings import LOOPBACK, Settings

MAX_FRAME_BYTES = 65_536
CLOSING_S = 5
SEND_BUFFER_BYTES = 262_144
"""What the system may hold back for one reader; left to itself it takes megabytes before a stalled one is noticed."""
WILDCARDS = frozenset({"0.0.0.0", "::"})


class CannotServe(click.ClickException):
    """The server does not start; the message says why and what to do."""

    exit_code = 2


def settings_for(host: str, port: int, token: str | None, allowed: Sequence[str], home: Path) -> Settings:
    """The settings of a server. Raises CannotServe for an address that others reach without a token."""
    if not is_loopback(host) and not token:
        raise CannotServe(
            f"Other machines can reach {host}, so a token is needed: set LAYERLOOM_TOKEN or pass --token. "
            "Without one the server listens on 127.0.0.1 only."
        )
    names = {name.lower() for name in (*LOOPBACK, *allowed, *_own_names(host))}
    return Settings(home=home, host=host, port=port, token=token, allowed_hosts=frozenset(names))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the home folder for this process. Raises CannotServe if another one does, and names it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read(20).strip() or "unknown"
            message = f"Process {owner} uses {home} already. Stop it, or give this one a folder of its own with --home."
            raise CannotServe(message) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def run(settings: Settings) -> None:
    """Serve until a signal ends it. Raises CannotServe."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    keep_little()
    with alone(settings.home), listening(settings) as listener:
        _Announced(configured(create_app(settings)), _address(settings, listener)).run([listener])


def configured(app: FastAPI) -> uvicorn.Config:
    """How the app is served."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=MAX_FRAME_BYTES,
        # Packing the news anew for each reader takes the processor from the training, to save a few kB a second.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=CLOSING_S,
    )


class _Announced(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            click.echo(f"Layerloom is ready: {self._address}")


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """A socket on the address of these settings, whose connections hold back little. Raises CannotServe."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        raise CannotServe(f"Cannot listen on {where}: {error.strerror}. Choose another with --port.") from None
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)  # its connections inherit it
        yield listener


def _address(settings: Settings, listener: socket.socket) -> str:
    host = "127.0.0.1" if settings.host in WILDCARDS else settings.host
    shown = f"[{host}]" if ":" in host else host
    token = "?token=<the token>" if settings.token else ""
    return f"http://{shown}:{listener.getsockname()[1]}/{token}"


def _own_names(host: str) -> Iterator[str]:
    """By what names a browser may call a server on this address: behind a wildcard, all that this machine has."""
    yield host
    if host in WILDCARDS:
        yield socket.gethostname()
        for addresses in psutil.net_if_addrs().values():
            yield from (one.address.partition("%")[0] for one in addresses)
