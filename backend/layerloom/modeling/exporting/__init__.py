"""A built model as a file of every format, each loaded by its own runtime and compared before it is offered.

Imports Keras, TensorFlow and, where a format needs them, its packages; knows no checkpoints and no runs.
"""
