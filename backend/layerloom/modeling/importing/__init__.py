"""Models made elsewhere, read as data and redrawn as our graph. Nothing of a file is ever run or handed to Keras's
own readers of architectures: each class is looked up in our catalog, and weights are given to the model that is
rebuilt from our graph. Runs in a child process with limits, one a file. May import h5py, PyYAML, Keras; no FastAPI.
"""
