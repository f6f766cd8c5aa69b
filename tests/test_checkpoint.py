from pathlib import Path

import pytest

from layerloom.checkpoint import (
    MANIFEST,
    Manifest,
    StoredFile,
    UnknownCheckpoint,
    checkpoint_folder,
    damage,
    find,
    sha256,
    whole_checkpoints,
)


def write(run: Path, epoch: int, value: float, content: bytes = b"weights") -> Path:
    folder = checkpoint_folder(run, epoch)
    folder.mkdir(parents=True)
    (folder / "model.keras").write_bytes(content)
    stored = StoredFile(size_bytes=len(content), sha256=sha256(folder / "model.keras"))
    manifest = Manifest(
        epoch=epoch,
        attempt=1,
        monitor="loss",
        value=value,
        best=True,
        created_at=1.0,
        files={"model.keras": stored},
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json())
    return folder


def test_checkpoints_are_found_by_epoch_as_the_last_and_as_the_best(tmp_path: Path) -> None:
    folders = [write(tmp_path, epoch, value) for epoch, value in ((1, 0.5), (2, 0.3), (10, 0.3))]

    assert [find(tmp_path, 1), find(tmp_path, "best"), find(tmp_path, "last")] == folders


@pytest.mark.parametrize("which", ["last", "best", 3])
def test_a_run_without_that_checkpoint_says_so(tmp_path: Path, which: int) -> None:
    with pytest.raises(UnknownCheckpoint, match=f"There is no checkpoint '{which}'."):
        find(tmp_path, which)


def test_a_folder_without_its_files_is_no_checkpoint(tmp_path: Path) -> None:
    kept = write(tmp_path, 1, 0.5)
    for epoch, missing in ((2, MANIFEST), (3, "model.keras")):
        (write(tmp_path, epoch, 0.5) / missing).unlink()
    (write(tmp_path, 4, 0.5) / "model.keras").write_bytes(b"half")
    (write(tmp_path, 5, 0.5) / MANIFEST).write_text("{")

    assert [checkpoint_folder(tmp_path, manifest.epoch) for manifest in whole_checkpoints(tmp_path)] == [kept]


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    folder = write(tmp_path, 1, 0.5, b"weights")
    assert damage(folder) is None

    found = []
    for place in range(7):
        changed = bytearray(b"weights")
        changed[place] ^= 1
        (folder / "model.keras").write_bytes(changed)
        found.append(damage(folder))

    assert found == ["model.keras has changed"] * 7
