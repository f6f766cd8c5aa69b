"""Looking at the layers while they learn: gradients, updates, activations, on one fixed batch, without disturbing it.

`taps` says where to look, `meter` looks, `budget` says when, `probe` is the Keras callback that does it.
"""
