"""A value to start from for each argument that Keras requires: what a new node gets and what a fix proposes."""

from collections.abc import Mapping

from pydantic import JsonValue

BY_NAME: Mapping[str, JsonValue] = {
    "activation": "relu",
    "axes": -1,
    "cell": {"type": "LSTMCell", "config": {"units": 64}},
    "cells": [{"type": "LSTMCell", "config": {"units": 64}}, {"type": "LSTMCell", "config": {"units": 64}}],
    "decay_rate": 0.96,
    "decay_steps": 1000,
    "dims": [2, 1],
    "equation": "...a,ab->...b",
    "factor": 0.2,
    "filters": 32,
    "first_decay_steps": 1000,
    "head_dim": 32,
    "height": 224,
    "height_factor": 0.2,
    "initial_learning_rate": 0.01,
    "input_dim": 10_000,
    "kernel_size": 3,
    "key_dim": 32,
    "layer": {"type": "Dense", "config": {"units": 64}},
    "layers": [{"type": "Rescaling", "config": {"scale": 1 / 255}}],
    "max_number": 10,
    "n": 2,
    "num_bins": 10,
    "num_classes": 10,
    "num_tokens": 10,
    "num_heads": 4,
    "num_key_value_heads": 2,
    "num_query_heads": 4,
    "output_dim": 64,
    "output_shape": [64],
    "output_size": 2,
    "pool_size": 2,
    "precision": 0.5,
    "rate": 0.5,
    "recall": 0.5,
    "scale": 1 / 255,
    "sensitivity": 0.5,
    "specificity": 0.5,
    "stddev": 0.1,
    "target_class_ids": [0],
    "target_shape": [-1],
    "units": 64,
    "width": 224,
    "width_factor": 0.2,
}
BY_CLASS: Mapping[str, JsonValue] = {
    "Bidirectional.layer": {"type": "LSTM", "config": {"units": 64}},
    "PiecewiseConstantDecay.boundaries": [1000],
    "PiecewiseConstantDecay.values": [0.01, 0.001],
    "RandomPosterization.factor": 4,
}


def suggestion(owner: str, name: str) -> JsonValue:
    """The value to start from for argument `name` of class `owner`; None where there is none."""
    return BY_CLASS.get(f"{owner}.{name}", BY_NAME.get(name))
