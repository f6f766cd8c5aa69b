"""How the browser hears: HTTP and WebSocket, and the guard before both.

The only room that imports FastAPI. Commands come by HTTP, news goes out by socket. Must not import Keras, TensorFlow,
`modeling` or `training`: the engine's children do.
"""
