"""How fast a ZIP file of pictures becomes a dataset: `python -m tests.benchmarks.pictures [COUNT] [--format JPEG]`.

Half of the time of a first training on pictures; `make bench` does not run it, since 20,000 of them take minutes.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from layerloom.data.own import INFO
from layerloom.data.uploads import ANSWER, FILE, ORDER, Answer, Order, Uploads

SIDE = 224
KINDS = 20
"""Pictures that differ in what they show; each is stored again and again, with another edge."""


def write_pictures(target: Path, count: int, format: str) -> None:
    """A ZIP file of `count` pictures in two class folders: soft colours with some noise, as photographs have."""
    draw = np.random.default_rng(7)
    coarse = draw.integers(0, 256, (KINDS, 14, 14, 3), dtype=np.uint8)
    scenes = [np.asarray(Image.fromarray(one).resize((SIDE, SIDE), Image.Resampling.BICUBIC)) for one in coarse]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number in range(count):
            noise = draw.integers(-8, 9, (SIDE, SIDE, 1))
            pixels = np.clip(scenes[number % KINDS] + noise, 0, 255).astype(np.uint8)
            file = io.BytesIO()
            Image.fromarray(pixels).save(file, format, quality=90)
            archive.writestr(f"{number % 2}/{number:06}.{format.lower()}", file.getvalue())


def ingest_seconds(home: Path, file: Path) -> tuple[float, Path]:
    """Seconds that the process which reads uploads takes for this file, and the folder of the dataset it made."""
    uploads = Uploads(home)
    token = uploads.create(file.name, 0)
    folder = uploads.folder(token)
    file.replace(folder / FILE)
    uploads.name(token, file.name)
    (folder / ORDER).write_text(Order().model_dump_json())
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "layerloom.data.ingest", str(folder), str(home)], check=True)
    seconds = time.perf_counter() - start
    answer = Answer.model_validate_json((folder / ANSWER).read_bytes())
    if answer.dataset is None:
        raise SystemExit(f"refused: {answer.code} {answer.message}")
    return seconds, home / "datasets" / "own" / answer.dataset


def main() -> None:
    """Make the pictures, read them, print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2_000)
    parser.add_argument("--format", choices=["JPEG", "PNG"], default="JPEG")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pictures.zip"
        write_pictures(file, chosen.count, chosen.format)
        packed_mb = file.stat().st_size / 1e6
        seconds, made = ingest_seconds(Path(folder), file)
        info = json.loads((made / INFO).read_text("utf-8"))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu, peak_mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3
        print(
            f"{chosen.count:,} {chosen.format} pictures of {SIDE} × {SIDE} ({packed_mb:,.0f} MB), rows {info['rows']}:"
        )
        print(f"{seconds:.1f} s ({chosen.count / seconds:,.0f} a second), {cpu:.1f} s of CPU, peak {peak_mb:,.0f} MB")


if __name__ == "__main__":
    main()
