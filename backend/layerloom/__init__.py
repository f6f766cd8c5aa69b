"""Layerloom: draw a neural network, train it, watch it learn, take it with you.

The rooms, from the ground up: `graph` (what was drawn), `modeling` (what Keras makes of it), `data` (what it learns
from), `training` (how it learns), `runs` (what happened), `engine` (where it runs), `api` (how the browser hears).
"""

__version__ = "0.1.0"
