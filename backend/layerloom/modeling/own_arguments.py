"""Arguments that a class of Keras takes here and not in Keras, and help for those whose docstring tells it wrongly."""

from collections.abc import Mapping

from pydantic import JsonValue

ADDED: Mapping[str, Mapping[str, JsonValue]] = {"ModelCheckpoint": {"every_epochs": 1, "max_to_keep": None}}
"""Class -> argument -> default."""

DOCS: Mapping[str, str] = {
    "LearningRateScheduler.schedule": (
        "A table of epochs, from 1, each with the rate that holds from it on, or a schedule, asked once an epoch."
    ),
    "ModelCheckpoint.every_epochs": "Keep every n-th epoch. 1 keeps each.",
    "ModelCheckpoint.max_to_keep": "How many of these stay, the newest. Left out: as many as there is room for.",
    "ModelCheckpoint.mode": (
        "Whether a lower (min) or a higher (max) value is better. auto asks Keras, which knows most metrics."
    ),
    "ModelCheckpoint.monitor": "The number that says which epoch is best, such as val_loss or val_accuracy.",
    "ModelCheckpoint.save_best_only": "Keep only epochs that were better than all before them.",
    "ModelCheckpoint.initial_value_threshold": "With save_best_only: keep no epoch that is not better than this value.",
}
"""`Class.argument` -> help, in place of Keras's."""
