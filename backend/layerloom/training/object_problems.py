"""Whether the Keras objects of a recipe exist and take what they are given: losses, metrics, optimizer, callbacks."""

from collections.abc import Iterator
from functools import lru_cache

from pydantic import JsonValue

from layerloom.modeling import objects
from layerloom.modeling.mistakes import ConfigError
from layerloom.modeling.reflection import entries, find
from layerloom.modeling.validate import validate_object
from layerloom.modeling.values import shown
from layerloom.problem import Fix, Problem
from layerloom.recipe import KerasObject
from layerloom.training.callbacks import made_plainly
from layerloom.training.keeping import MODEL_CHECKPOINT, is_model_checkpoint
from layerloom.training.plan import Plan, closest, listed, object_json, set_recipe, warning

HIGHEST_SENSIBLE_RATE = 1_000.0
DEFAULT_RATE = 0.01


def object_problems(plan: Plan) -> list[Problem]:
    """Unknown classes and bad arguments, each at its place in the recipe; rates and weights that can not work."""
    return [*_described(plan), *_learning_rate(plan), *_loss_weights(plan), *_averages(plan), *_twice(plan)]


def _described(plan: Plan) -> Iterator[Problem]:
    recipe = plan.recipe
    yield from _mistakes("optimizers", recipe.compile.optimizer, ["compile", "optimizer"])
    for name, judged in recipe.compile.outputs.items():
        yield from _mistakes("losses", judged.loss, ["compile", "outputs", name, "loss"])
        for list_name in ("metrics", "weighted_metrics"):
            for index, metric in enumerate(getattr(judged, list_name)):
                yield from _mistakes("metrics", metric, ["compile", "outputs", name, list_name, str(index)])
    for index, callback in enumerate(recipe.callbacks):
        fixes = []
        others = [object_json(other) for place, other in enumerate(recipe.callbacks) if place != index]
        fixes = [set_recipe(["callbacks"], others, f"Remove {callback.type[:60]}")]
        yield from _mistakes("callbacks", callback, ["callbacks", str(index)], fixes)


def _mistakes(
    family: str, described: KerasObject, path: list[str], removal: list[Fix] | None = None
) -> Iterator[Problem]:
    for problem in validate_object(family, described) or _refused_by_keras(family, described.model_dump_json()):
        parts = problem.parameter.split(".") if problem.parameter else []
        place = [*path, "config", *parts] if parts else [*path, "type"]
        fixes = _fixes(family, described, path, parts)
        # The parameter says where in the config, the recipe path says it from the recipe's root.
        yield problem.model_copy(update={"recipe": place, "fixes": [*fixes, *(removal or [])]})


@lru_cache(maxsize=1_000)
def _refused_by_keras(family: str, described_json: str) -> list[Problem]:
    """What Keras itself says of an object whose arguments are each fine: some have to fit one another.

    Callbacks that are given a file or a function are left to the training.
    """
    described = KerasObject.model_validate_json(described_json)
    try:
        if family != "callbacks" or made_plainly(described):
            objects.make(family, described)
    except ConfigError as error:
        return error.problems
    return []


def _fixes(family: str, described: KerasObject, path: list[str], parts: list[str]) -> list[Fix]:
    if not parts:
        guess = closest(described.type, entries(family))
        replaced: dict[str, JsonValue] = {"type": guess, "config": {}}
        return [set_recipe(path, replaced, f"Use {guess}")] if guess else []
    if parts[0] not in described.config:
        return []
    entry = find(family, described.type)
    known = entry.parameters if entry else []
    required = next((each for each in known if each.name == parts[0] and each.required), None)
    if required is not None:
        value = required.suggestion
        return (
            []
            if value is None
            else [set_recipe([*path, "config", parts[0]], value, f"Set {parts[0]} to {shown(value)}")]
        )
    rest = {key: value for key, value in described.config.items() if key != parts[0]}
    return [set_recipe([*path, "config"], rest, f"Use Keras's default {parts[0]}")]


def _learning_rate(plan: Plan) -> Iterator[Problem]:
    path = ["compile", "optimizer", "config", "learning_rate"]
    rate = plan.recipe.compile.optimizer.config.get("learning_rate")
    if isinstance(rate, bool) or not isinstance(rate, int | float):
        return
    fix = set_recipe(path, DEFAULT_RATE, f"Set learning_rate to {DEFAULT_RATE:g}")
    if rate > HIGHEST_SENSIBLE_RATE:
        message = f"A learning rate of {rate:g} makes every training diverge. Usual are 0.0001 to 1."
        yield warning("learning-rate", message, path, [fix])
    elif rate <= 0 and not validate_object("optimizers", plan.recipe.compile.optimizer):
        message = f"learning_rate must be above 0 and finite, got {rate:g}."
        yield Problem(code="bad-value", message=message, parameter="learning_rate", recipe=path, fixes=[fix])


def _loss_weights(plan: Plan) -> Iterator[Problem]:
    outputs = plan.recipe.compile.outputs
    if outputs and all(judged.loss_weight == 0 for judged in outputs.values()):
        first = next(iter(outputs))
        path = ["compile", "outputs", first, "loss_weight"]
        message = f"Every loss weight is 0 ({listed(outputs)}): nothing would be learned. Set at least one above 0."
        yield Problem(
            code="loss-weights",
            message=message,
            recipe=path,
            fixes=[set_recipe(path, 1.0, f"Set that of '{first}' to 1")],
        )


def _averages(plan: Plan) -> Iterator[Problem]:
    """SwapEMAWeights swaps in averages that only an optimizer with use_ema keeps."""
    path = ["compile", "optimizer", "config", "use_ema"]
    for index, callback in enumerate(plan.recipe.callbacks):
        if callback.type == "SwapEMAWeights" and plan.recipe.compile.optimizer.config.get("use_ema") is not True:
            message = "SwapEMAWeights needs the averages that an optimizer keeps with use_ema=True. Set it."
            fix = set_recipe(path, True, "Set use_ema to True")
            yield Problem(code="no-averages", message=message, recipe=["callbacks", str(index), "type"], fixes=[fix])


def _twice(plan: Plan) -> Iterator[Problem]:
    """There is one best epoch of a run, so one ModelCheckpoint says which it is."""
    callbacks = plan.recipe.callbacks
    places = [index for index, callback in enumerate(callbacks) if is_model_checkpoint(callback)]
    for index in places[1:]:
        message = f"There is one {MODEL_CHECKPOINT} already, which says which epochs are kept. Remove this one."
        others = [object_json(other) for place, other in enumerate(callbacks) if place != index]
        fixes = [set_recipe(["callbacks"], others, f"Remove {MODEL_CHECKPOINT}")]
        yield Problem(code="twice", message=message, recipe=["callbacks", str(index), "type"], fixes=fixes)
