"""How a recipe would deal out the rows of a dataset, before anything is trained."""

from fastapi import APIRouter

from layerloom.api.bodies import SplitCounts, SplitToCount, errors
from layerloom.api.deps import DatasetId, RoomsDep
from layerloom.api.strict_json import StrictJsonRoute
from layerloom.data.counting import counted

router = APIRouter(tags=["datasets"], responses=errors(), route_class=StrictJsonRoute)


@router.post("/datasets/{dataset}/splits")
def splits(dataset: DatasetId, asked: SplitToCount, rooms: RoomsDep) -> SplitCounts:
    """Count rows and classes of each split that this recipe makes of the dataset; rows with empty cells are left out.

    422 `split-column` and `split-missing` where the column that decides can not, `unknown-column`.
    """
    data = asked.data.model_copy(update={"dataset": dataset})
    return SplitCounts(splits=counted(rooms.library, data, asked.seed))
