"""The block library: sub-graphs to copy into a drawing."""

from fastapi import APIRouter

from layerloom.api.bodies import errors
from layerloom.graph.library import LibraryBlock, library

router = APIRouter(tags=["blocks"], responses=errors())


@router.get("/blocks")
def list_all() -> list[LibraryBlock]:
    """List the blocks of the library, each ready to be copied into the `blocks` of a drawing."""
    return list(library())
