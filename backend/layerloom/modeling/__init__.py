"""What Keras makes of a drawing: the catalog, the check, the build.

Imports Keras and `graph`. Must not import data, training, runs, engine or api. Only child processes load this room.
"""
