"""Is the server there?"""

from fastapi import APIRouter

from layerloom import __version__
from layerloom.api.bodies import ErrorBody, Health, errors

# The one mention of the class by which the document knows what all routes refer to.
router = APIRouter(tags=["health"], responses=errors() | {400: {"model": ErrorBody}})


@router.get("/health")
async def get() -> Health:
    """Answer at once, before Keras is warm; needs no token."""
    return Health(version=__version__)
