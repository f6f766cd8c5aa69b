"""How this server is set up: one frozen object, made by the command line and passed in."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from layerloom.probes import PROBE_SHARE

NVIDIA = Path("/dev/nvidiactl")
"""There where a driver of NVIDIA's is loaded."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MEGABYTE = 1_000_000
CORES_OF_A_RUN = 2
MEMORY_OF_A_RUN = 4_000 * MEGABYTE


@dataclass(frozen=True)
class Settings:
    """Everything that can be set, with its unit in its name. `home` holds database, runs and uploads.

    `model_budget_bytes` is what a model may take, by default a share of this machine's memory; `worker_memory_bytes` is
    what the children that check, predict and evaluate may each take on top of Keras itself; `export_memory_bytes` and
    `export_timeout_s` are what making and trying one model file may take, `ingest_memory_bytes` and `ingest_timeout_s`
    what reading a file of data may take. `allow_custom_code` lets child processes run
    the Python that drawings hold: whoever reaches this server can then run programs on it. `probe_share` is the part of
    a training's time that looking at its layers may take.

    `concurrent_runs` is how many runs train side by side, by default as many as this machine has room for. A paused run
    keeps its process, and with it its memory, for `pause_keeps_process_s`.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    database_url: str | None = None
    allowed_hosts: frozenset[str] = field(default_factory=lambda: LOOPBACK)
    max_body_bytes: int = 2 * MEGABYTE
    max_model_bytes: int = 1_000 * MEGABYTE
    max_predict_file_bytes: int = 200 * MEGABYTE
    max_upload_bytes: int = 2_000 * MEGABYTE
    max_unpacked_bytes: int = 4_000 * MEGABYTE
    import_timeout_s: float = 10.0
    check_timeout_s: float = 5.0
    source_timeout_s: float = 20.0
    predict_timeout_s: float = 30.0
    export_timeout_s: float = 300.0
    evaluate_timeout_s: float = 1_800.0
    ingest_timeout_s: float = 1_800.0
    trial_timeout_s: float = 30.0
    model_budget_bytes: int | None = None
    worker_memory_bytes: int = 4_000 * MEGABYTE
    export_memory_bytes: int = 8_000 * MEGABYTE
    ingest_memory_bytes: int = 4_000 * MEGABYTE
    stream_queue_events: int = 256
    stream_send_timeout_s: float = 5.0
    max_streams: int = 200
    concurrent_runs: int | None = None
    pause_keeps_process_s: float = 600.0
    stop_grace_s: float = 10.0
    allow_custom_code: bool = False
    probe_share: float = PROBE_SHARE

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database: SQLite in the home folder unless another is named."""
        return self.database_url or f"sqlite:///{self.home / 'layerloom.db'}"

    @property
    def trial_memory_bytes(self) -> int | None:
        """What a trial may take. A limit on addresses would leave CUDA none: it maps far more than it uses."""
        return None if NVIDIA.exists() else self.export_memory_bytes

    @property
    def runs_at_once(self) -> int:
        """How many runs train side by side: a pair of cores and some memory for each, unless set."""
        cores, memory_bytes = os.cpu_count() or 1, psutil.virtual_memory().total
        fitting = min(cores // CORES_OF_A_RUN, memory_bytes // MEMORY_OF_A_RUN)
        return self.concurrent_runs or max(1, fitting)

    @property
    def runs_folder(self) -> Path:
        """Where each run has its folder."""
        return self.home / "runs"
