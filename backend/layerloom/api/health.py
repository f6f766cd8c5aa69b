"""Is the server there?"""

from fastapi import APIRouter

from layerloom import __version__
from layerloom.api.bodies import Health, errors

router = APIRouter(tags=["health"], responses=errors())


@router.get("/health")
async def get() -> Health:
    """Answer at once, before Keras is warm; needs no token."""
    return Health(version=__version__)
