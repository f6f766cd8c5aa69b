"""No engine builds the image here: its promises are read from the files."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_the_compose_service_has_one_volume_a_health_check_and_no_privileges() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    service = compose["services"]["layerloom"]
    promised = ("volumes", "read_only", "cap_drop", "security_opt", "tmpfs", "ports")
    assert {key: service[key] for key in promised} | {"volume names": list(compose["volumes"])} == {
        "volumes": ["data:/data"],
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "tmpfs": ["/tmp"],
        "ports": ["127.0.0.1:8000:8000"],
        "volume names": ["data"],
    }
    assert {"healthcheck", "mem_limit", "pids_limit"} <= service.keys()
    assert "LAYERLOOM_TOKEN:?" in service["environment"]["LAYERLOOM_TOKEN"]


def instructions() -> list[tuple[str, str]]:
    joined = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_image_is_built_in_two_stages_and_its_last_user_is_not_root() -> None:
    steps = instructions()
    stages = [rest for word, rest in steps if word == "FROM"]
    users = [rest for word, rest in steps if word == "USER"]
    assert (stages, users) == (["python:3.13-slim AS build", "python:3.13-slim"], ["layerloom"])
    assert {"HEALTHCHECK", "VOLUME", "CMD"} <= {word for word, _ in steps}


def test_every_file_that_the_image_copies_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    copied = [
        name for word, rest in instructions() if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists() or name in ignored] == []
