"""Palette categories, from where Keras keeps a class; a new place in Keras becomes "Other" until it is named here."""

from collections.abc import Callable, Mapping
from typing import Any

from layerloom.modeling.operation_categories import operation_category

OTHER = "Other"
LAYER_CATEGORIES: Mapping[str, str] = {
    "Core": "core",
    "Convolution": "convolutional",
    "Pooling": "pooling",
    "Recurrent": "rnn",
    "Attention": "attention",
    "Normalization": "normalization",
    "Regularization": "regularization",
    "Activation": "activations",
    "Reshaping": "reshaping",
    "Merging": "merging",
    "Preprocessing": "preprocessing",
    "Image preprocessing": "image_preprocessing",
    OTHER: "",
}
"""Category, in palette order -> the folder below `keras.src.layers`."""

_METRICS: Mapping[str, str] = {
    "accuracy_metrics": "Accuracy",
    "confusion_metrics": "Classification",
    "correlation_metrics": "Regression",
    "f_score_metrics": "Classification",
    "hinge_metrics": "Hinge",
    "iou_metrics": "Segmentation",
    "probabilistic_metrics": "Probabilistic",
    "regression_metrics": "Regression",
}
_LOSSES: Mapping[str, tuple[str, ...]] = {
    "Regression": (
        "CosineSimilarity",
        "Huber",
        "LogCosh",
        "MeanAbsoluteError",
        "MeanAbsolutePercentageError",
        "MeanSquaredError",
        "MeanSquaredLogarithmicError",
    ),
    "Hinge": ("CategoricalHinge", "Hinge", "SquaredHinge"),
    "Segmentation": ("Dice", "Tversky"),
    "Probabilistic": (
        "BinaryCrossentropy",
        "BinaryFocalCrossentropy",
        "CTC",
        "CategoricalCrossentropy",
        "CategoricalFocalCrossentropy",
        "CategoricalGeneralizedCrossEntropy",
        "KLDivergence",
        "Poisson",
        "SparseCategoricalCrossentropy",
    ),
    "Metric learning": ("Circle",),
}
_FAMILIES: Mapping[str, str] = {
    "optimizers": "Optimizer",
    "schedules": "Schedule",
    "callbacks": "Callback",
    "initializers": "Initializer",
    "regularizers": "Regularizer",
    "constraints": "Constraint",
    "activations": "Activation",
    "applications": "Application",
}


def category_of(family: str, type: str, member: Callable[..., Any]) -> str:
    """The palette category of a class of Keras."""
    if family == "operations":
        return operation_category(type.removeprefix("ops."), member.__module__)
    place = member.__module__.split(".")
    if family == "layers":
        named = {folder: category for category, folder in LAYER_CATEGORIES.items() if folder}
        return next((named[part] for part in reversed(place) if part in named), OTHER)
    if family == "metrics":
        return _METRICS.get(place[-1], OTHER)
    if family == "losses":
        return next((category for category, types in _LOSSES.items() if type in types), OTHER)
    return _FAMILIES[family]
