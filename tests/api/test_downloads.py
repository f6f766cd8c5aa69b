from pathlib import Path

import pytest

from layerloom.api.downloads import Download, file_name
from layerloom.checkpoint import UnknownCheckpoint
from tests.api.asgi import TestClient


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("MNIST MLP", "MNIST-MLP-run-7-epoch-3.keras"),
        ("손글씨 숫자", "손글씨-숫자-run-7-epoch-3.keras"),
        ("../../etc/passwd", "etc-passwd-run-7-epoch-3.keras"),
        ('a"b\r\nSet-Cookie: x', "a-b-Set-Cookie-x-run-7-epoch-3.keras"),
        ("🦊", "model-run-7-epoch-3.keras"),
        ("x" * 200, f"{'x' * 60}-run-7-epoch-3.keras"),
    ],
)
def test_a_downloaded_file_has_a_name_that_every_file_system_takes(name: str, file: str) -> None:
    assert file_name(name, 7, 3) == file


def test_a_file_that_is_gone_is_an_unknown_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(UnknownCheckpoint):
        TestClient(Download(tmp_path / "epoch-00003" / "model.keras")).get("/")


def test_a_part_of_a_file_may_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "model.keras").write_bytes(b"0123456789")
    response = TestClient(Download(tmp_path / "model.keras")).get("/", headers={"range": "bytes=2-4"})
    assert (response.status_code, response.content) == (206, b"234")
