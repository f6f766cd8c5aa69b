"""Where the work runs: child processes with Keras preloaded, the queue that feeds them, the lifeline that ends them.

Imports the standard library and `runs`. Names what its children run by dotted path; must not import Keras,
TensorFlow, `modeling` or `training` itself, because it lives in the web process.
"""
