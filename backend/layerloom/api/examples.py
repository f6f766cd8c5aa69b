"""Drawings to start from, each with its recipe: JSON files beside this one."""

from functools import cache
from pathlib import Path

from fastapi import APIRouter

from layerloom.api.bodies import Example, errors

FOLDER = Path(__file__).parent / "examples"

router = APIRouter(tags=["examples"], responses=errors())


@router.get("/examples")
def list_all() -> list[Example]:
    """List the examples, the course's MNIST network first."""
    return _examples()


@cache
def _examples() -> list[Example]:
    read = [Example.model_validate_json(path.read_bytes()) for path in FOLDER.glob("*.json")]
    return sorted(read, key=lambda example: (example.id != "mnist_mlp", example.title))
