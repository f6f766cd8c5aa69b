"""Memory that the system's allocator holds back: a server that lives for weeks gives it away again."""

import contextlib
import ctypes

M_ARENA_MAX = -8
"""The number of this option in glibc's `malloc.h`."""
ARENAS = 2


def keep_little() -> None:
    """Let all threads share few pools of memory, and give back what starting needed. Does nothing without glibc.

    By itself glibc gives each thread a pool of its own, up to eight a core, none of which it gives back.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, ARENAS)
        library.malloc_trim(0)
