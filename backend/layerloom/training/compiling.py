"""What a recipe says of judging a model becomes Keras's `compile`."""

import keras

from layerloom.modeling import objects
from layerloom.recipe import CompileRecipe
from layerloom.training.signature import Signature, bare


def compile_model(model: keras.Model, recipe: CompileRecipe, signature: Signature, on_gpu: bool) -> None:
    """Give the model its optimizer, and each output its loss, weight and metrics.

    One output reports its metrics by their own names, several as `<output>_<metric>` and `<output>_loss`. Raises
    ConfigError.
    """
    outputs = {name: recipe.outputs[name] for name in signature.outputs}
    model.compile(
        optimizer=objects.make("optimizers", recipe.optimizer),
        loss=bare({name: objects.make("losses", output.loss) for name, output in outputs.items()}),
        loss_weights=bare({name: output.loss_weight for name, output in outputs.items()}),
        metrics=bare(
            {name: [objects.make("metrics", metric) for metric in output.metrics] for name, output in outputs.items()}
        ),
        # XLA on a CPU made a small CNN four times slower.
        jit_compile="auto" if on_gpu else False,
    )
