"""How a process ended, in words for a person."""

import signal

from layerloom.engine.calls import OUT_OF_MEMORY_EXIT

UNKNOWN_EXIT = 255  # what multiprocessing says when the fork server is gone and nobody reaped the child

HINTS = {
    signal.SIGKILL: "Often the system does this when memory runs out.",
    signal.SIGSEGV: "A native library crashed; often memory had run out.",
    signal.SIGABRT: "A native library gave up; often memory had run out.",
    signal.SIGBUS: "A native library crashed; often memory or disk had run out.",
}


def in_words(process: str, exitcode: int | None) -> str:
    """Why `process` ("The training process") is no more, from its exit code; negative is the number of a signal."""
    if exitcode is None or exitcode == UNKNOWN_EXIT:
        return f"{process} ended; how is not known."
    if exitcode == OUT_OF_MEMORY_EXIT:
        return f"{process} needed more memory than it is allowed."
    if exitcode >= 0:
        return f"{process} ended by itself with exit code {exitcode}."
    hint = HINTS.get(signal.Signals(-exitcode), "") if -exitcode in set(signal.Signals) else ""
    name = signal.Signals(-exitcode).name if -exitcode in set(signal.Signals) else "unknown"
    return f"{process} was ended by signal {-exitcode} ({name}). {hint}".rstrip()
