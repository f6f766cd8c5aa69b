"""Whether the last activation gives what the loss expects: probabilities, logits, or numbers of any size."""

import math
from collections.abc import Iterator

from layerloom.graph.patch import SetConfig, SetRecipe, UnsetConfig
from layerloom.modeling.reflection import find
from layerloom.problem import Fix, Problem
from layerloom.training.judging import Form, canonical
from layerloom.training.plan import Plan, Target

PROBABILITIES = frozenset({"softmax", "sigmoid", "hard_sigmoid"})
PROBABILITIES_ONLY = frozenset({"CategoricalGeneralizedCrossEntropy", "KLDivergence"})
POSITIVE = frozenset({"exponential", "relu", "relu6", "sigmoid", "softmax", "softplus"})
RANGES = {
    "relu": (0.0, math.inf),
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "softplus": (0.0, math.inf),
    "tanh": (-1.0, 1.0),
}
"""What an activation can give at all."""


def activation_problems(plan: Plan, target: Target, form: Form) -> Iterator[Problem]:
    """What is wrong with the last activation of this output for this loss."""
    given = target.source.activation
    if given is None:
        return
    if target.units == 1 and given == "softmax":
        wanted = "linear" if form == "number" else "sigmoid"
        message = f"softmax over a single unit is always 1. Use {wanted}."
        yield _problem(target, message, [_set_activation(plan, target, wanted)], severity="error")
    elif form == "number":
        yield from _out_of_range(plan, target, given)
    elif _has_logits_switch(target):
        yield from _logits(plan, target, form, given)
    elif canonical("losses", target.judged.loss) in PROBABILITIES_ONLY and given != "softmax":
        message = f"{target.judged.loss.type} expects probabilities, but the last activation is {given}. Use softmax."
        yield _problem(target, message, [_set_activation(plan, target, "softmax")])


def _logits(plan: Plan, target: Target, form: Form, given: str) -> Iterator[Problem]:
    loss = canonical("losses", target.judged.loss)
    wanted = "sigmoid" if form == "yes_no" else "softmax"
    from_logits = bool(target.judged.loss.config.get("from_logits", False))
    if from_logits and given in PROBABILITIES:
        message = (
            f"{loss} with from_logits=True applies {wanted} itself, but the output has {given} already. Do it once."
        )
        fixes = [_from_logits(target, False), _set_activation(plan, target, "linear")]
        yield _problem(target, message, fixes)
    elif not from_logits and given != wanted and not (wanted == "sigmoid" and given == "hard_sigmoid"):
        expected = f"{loss} with from_logits=False expects probabilities from {wanted}"
        message = f"{expected}, but the last activation is {given}. Use {wanted}, or set from_logits."
        fixes = [_set_activation(plan, target, wanted), *([_from_logits(target, True)] if given == "linear" else [])]
        yield _problem(target, message, fixes)


def _out_of_range(plan: Plan, target: Target, given: str) -> Iterator[Problem]:
    if canonical("losses", target.judged.loss) == "Poisson" and given not in POSITIVE:
        message = f"Poisson takes the logarithm of the output, but {given} can be negative. Use softplus."
        yield _problem(target, message, [_set_activation(plan, target, "softplus")])
        return
    low, high = RANGES.get(given, (-math.inf, math.inf))
    for column in target.columns:
        found = column.statistics
        if found is not None and (found.min < low or found.max > high):
            needed = f"'{column.name}' runs from {found.min:g} to {found.max:g}"
            message = f"{given} gives {low:g} to {high:g}, but {needed}. Use linear."
            yield _problem(target, message, [_set_activation(plan, target, "linear")])
            return


def _has_logits_switch(target: Target) -> bool:
    entry = find("losses", target.judged.loss.type)
    return entry is not None and any(parameter.name == "from_logits" for parameter in entry.parameters)


def _from_logits(target: Target, value: bool) -> Fix:
    config = {key: kept for key, kept in target.judged.loss.config.items() if key != "from_logits"}
    if value:
        config["from_logits"] = True
    patch = SetRecipe(path=[*target.path, "config"], value=config)
    return Fix(label=f"Set from_logits to {value}", patch=[patch])


def _set_activation(plan: Plan, target: Target, activation: str) -> Fix | None:
    """None where the values come from a layer that has no activation to set."""
    source = target.source
    node, parameter = source.activation_node_id, source.activation_parameter
    if node is None or parameter is None or not plan.takes(node, parameter):
        return None
    label = f"Set activation to {activation}"
    if activation == "linear" and plan.graph.node(node).type != "Activation":
        return Fix(label=label, patch=[UnsetConfig(node=node, parameter=parameter)])
    return Fix(label=label, patch=[SetConfig(node=node, parameter=parameter, value=activation)])


def _problem(target: Target, message: str, fixes: list[Fix | None], severity: str = "warning") -> Problem:
    source = target.source
    return Problem.model_validate(
        {
            "code": "activation-loss",
            "severity": severity,
            "message": message,
            "node": source.activation_node_id or source.node_id,
            "parameter": source.activation_parameter,
            "recipe": target.path,
            "fixes": [fix for fix in fixes if fix],
        }
    )
