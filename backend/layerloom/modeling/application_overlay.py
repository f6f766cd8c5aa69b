"""What the constructor arguments of `keras.applications` take where their signature does not tell."""

from collections.abc import Mapping

from layerloom.modeling.spec import FRACTION, POSITIVE, Spec, choice, integer

BY_NAME: Mapping[str, Spec] = {
    "alpha": POSITIVE,
    "classes": integer(1, 1_000_000),
    "classifier_activation": Spec("activation", nullable=True),
    "depth_multiplier": integer(1, 100),
    "dropout": FRACTION,
    "dropout_rate": FRACTION,
    "pooling": choice("avg", "max", nullable=True),
    "weights": choice("imagenet", nullable=True),
}
BY_CLASS: Mapping[str, Spec] = {}
