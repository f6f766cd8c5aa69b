"""What was drawn: the graph document, its order and cycles, and small changes to it.

May import pydantic and the standard library. Must not import any other room: a graph knows nothing of Keras, data,
databases or the web.
"""
