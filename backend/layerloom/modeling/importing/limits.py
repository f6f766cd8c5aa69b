"""How large and how deep a file may be, and what the process that reads it may take of the machine."""

import resource

MEGABYTE = 1_000_000
MAX_MEMBERS = 10_000
MAX_DIRECTORY_BYTES = 4 * MEGABYTE
MAX_CONFIG_BYTES = 16 * MEGABYTE
MAX_VOCABULARY_BYTES = 64 * MEGABYTE
MAX_UNPACKED_BYTES = 4_000 * MEGABYTE
MAX_RATIO = 4
"""Unpacked bytes for each stored one, of weights. Keras does not compress them."""
MAX_TEXT_RATIO = 200
MAX_YAML_BYTES = 2 * MEGABYTE
MAX_DEPTH = 64
SMALL_BYTES = 1 << 16
"""Below this no ratio is looked at."""
CPU_SECONDS = 30


def limit_process(file_bytes: int) -> None:
    """From now on let this process use so much processor time and write files of so many bytes at most."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
