"""What a checker could do at its worst; named by path, run in the checker's process."""

import os
import time
from typing import Any


def crash(*_: Any) -> str:
    os._exit(139)


def hang(*_: Any) -> str:
    time.sleep(3_600)
    return ""
