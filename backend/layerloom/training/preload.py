"""Imported once by the fork server, so that every child begins with everything heavy in memory.

Only imports: a TensorFlow that has run anything holds threads, and those do not survive a fork.
"""

from layerloom.modeling import reflection
from layerloom.training import fit, predict, preflight

LOADED = (reflection, fit, predict, preflight)
