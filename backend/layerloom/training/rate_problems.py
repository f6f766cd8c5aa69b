"""Whether only one of optimizer and callbacks decides the learning rate, and whether outputs are precise enough."""

from collections.abc import Iterator

from layerloom.modeling.reflection import find
from layerloom.problem import Problem
from layerloom.training.plan import Plan, object_json, set_config, set_recipe, warning

SETTING_RATES = frozenset({"LearningRateScheduler", "ReduceLROnPlateau"})
"""Callbacks that set the optimizer's learning rate."""

RATE = ["compile", "optimizer", "config", "learning_rate"]


def rate_problems(plan: Plan) -> Iterator[Problem]:
    """Callbacks that set a rate which the optimizer takes from a schedule: Keras raises a TypeError in training."""
    if not isinstance(plan.recipe.compile.optimizer.config.get("learning_rate"), dict):
        return
    for index, callback in enumerate(plan.recipe.callbacks):
        entry = find("callbacks", callback.type)
        if entry is None or entry.type not in SETTING_RATES:
            continue
        others = [object_json(other) for place, other in enumerate(plan.recipe.callbacks) if place != index]
        fixes = [
            set_recipe(["callbacks"], others, f"Remove {entry.type}"),
            set_recipe(RATE, 0.001, "Start from a constant learning_rate of 0.001"),
        ]
        both = f"The optimizer's learning_rate is a schedule, so {entry.type} can not set it"
        yield Problem(
            code="two-schedules",
            message=f"{both}. Keep one of them.",
            recipe=["callbacks", str(index), "type"],
            fixes=fixes,
        )


def precision_problems(plan: Plan) -> Iterator[Problem]:
    """Outputs in half precision: losses and probabilities lose digits there."""
    policy = plan.recipe.dtype_policy
    if not policy.startswith("mixed"):
        return
    for target in plan.targets:
        node_id = target.source.units_node_id or target.source.node_id
        node = plan.graph.node(node_id)
        if node.config.get("dtype") is None and plan.takes(node_id, "dtype"):
            half = policy.removeprefix("mixed_")
            message = f"Output '{target.name}' comes in {half}, which has few digits. Let its last layer be float32."
            found = warning("low-precision", message, ["dtype_policy"])
            fix = set_config(node_id, "dtype", "float32", 'Set dtype to "float32"')
            yield found.model_copy(update={"node": node_id, "parameter": "dtype", "fixes": [fix]})
