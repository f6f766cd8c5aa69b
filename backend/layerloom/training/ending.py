"""What the end of a training leaves: averages in the place of weights, an earlier epoch's weights, a reason."""

import keras


def keeps_averages(optimizer: keras.optimizers.Optimizer) -> bool:
    """Whether averages take the place of the weights at the end of training."""
    return bool(getattr(optimizer, "inner_optimizer", optimizer).use_ema)


def restored_epoch(callbacks: list[keras.callbacks.Callback]) -> int | None:
    """The epoch (from 1) whose weights an EarlyStopping put back at the end; None if none did."""
    for callback in reversed(callbacks):
        if isinstance(callback, keras.callbacks.EarlyStopping) and callback.best_weights is not None:
            return int(callback.best_epoch) + 1
    return None


def stop_reason(callbacks: list[keras.callbacks.Callback]) -> str:
    """Why the training ended before its last epoch, as a sentence."""
    for callback in callbacks:
        if isinstance(callback, keras.callbacks.EarlyStopping) and callback.stopped_epoch:
            epochs = f"{callback.wait} epoch{'s' if callback.wait != 1 else ''}"
            return f"{callback.monitor} did not improve for {epochs}."
    return "A callback ended the training."
