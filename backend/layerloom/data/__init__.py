"""What a network learns from: built-in sets, their columns and statistics, splits.

Imports NumPy, Polars and Pillow. Must not import Keras or TensorFlow: the web process uses this room.
"""
