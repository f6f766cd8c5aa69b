"""What a recipe says of judging a model becomes Keras's `compile`."""

import keras

from layerloom.modeling import objects
from layerloom.recipe import CompileRecipe, KerasObject
from layerloom.training.devices import Devices
from layerloom.training.signature import Signature, bare


def compile_model(model: keras.Model, recipe: CompileRecipe, signature: Signature, devices: Devices) -> None:
    """Give the model its optimizer, and each output its loss, weight and metrics.

    One output reports its metrics by their own names, several as `<output>_<metric>` and `<output>_loss`. Raises
    ConfigError.
    """
    outputs = {name: recipe.outputs[name] for name in signature.outputs}
    # XLA on a CPU made a small CNN four times slower, and compiles no sum over devices.
    compiles = devices.on_gpu and devices.count == 1
    with devices.scope():
        model.compile(
            optimizer=_optimizer(model, recipe),
            loss=bare({name: objects.make("losses", output.loss) for name, output in outputs.items()}),
            loss_weights=bare({name: output.loss_weight for name, output in outputs.items()}),
            metrics=bare({name: _metrics(output.metrics) for name, output in outputs.items()}),
            weighted_metrics=bare({name: _metrics(output.weighted_metrics) for name, output in outputs.items()}),
            jit_compile=recipe.jit_compile if compiles or recipe.jit_compile != "auto" else False,
            auto_scale_loss=False,
        )
        if devices.count > 1:  # its variables belong to the devices, as the model's do
            model.optimizer.build(model.trainable_variables)


def _optimizer(model: keras.Model, recipe: CompileRecipe) -> keras.optimizers.Optimizer:
    """As `auto_scale_loss` has it, but said in the model: else its file would load under its own policy alone."""
    optimizer = objects.make("optimizers", recipe.optimizer)
    scaled = recipe.auto_scale_loss and model.dtype_policy.name == "mixed_float16"
    return keras.optimizers.LossScaleOptimizer(optimizer, name="loss_scale_optimizer") if scaled else optimizer


def _metrics(described: list[KerasObject]) -> list[keras.metrics.Metric]:
    return [objects.make("metrics", metric) for metric in described]
