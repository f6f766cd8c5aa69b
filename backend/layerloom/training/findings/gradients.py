"""Gradients that get lost on their way to the first layers, or grow beyond all measure."""

from collections.abc import Iterator, Mapping, Sequence

from layerloom.events import ProbeEvent
from layerloom.probes import LayerSigns
from layerloom.training.findings.finding import Finding

FADED = 1e-4
"""The gradient of a layer in relation to the largest one: what is less than this learns nothing beside the others."""
GREW = 1e3
LARGE = 100.0
TEARS = 0.3
"""The share of its size by which one step moves a weight that comes apart."""
LEAST_LAYERS = 3
DEAD = 0.5


def vanishing(looks: Sequence[ProbeEvent]) -> Iterator[Finding]:
    """The first layer with weights, if its gradient is nothing beside the largest; dead layers say so already."""
    norms = _norms(looks[-1].layers) if looks else {}
    if len(norms) < LEAST_LAYERS or any((signs.dead or 0) >= DEAD for signs in looks[-1].layers.values()):
        return
    first, largest = next(iter(norms)), max(norms, key=lambda name: norms[name])
    if norms[first] >= FADED * norms[largest] or norms[largest] == 0:
        return
    yield Finding(
        code="vanishing-gradients",
        message=f"The gradient fades on its way back: its norm is {norms[largest]:.1e} at '{largest}' and "
        f"{norms[first]:.1e} at '{first}', which learns next to nothing.",
        advice="Try relu in place of sigmoid or tanh, BatchNormalization between layers, or wires that skip layers.",
        layer=first,
        evidence={"gradient": norms[first], "largest_gradient": norms[largest]},
    )


def exploding(looks: Sequence[ProbeEvent]) -> Iterator[Finding]:
    """The layer with the largest gradient, if it is a thousand times as large as at first or tears the weights apart.

    A gradient that is not finite explodes too.
    """
    odd = next((name for name in looks[-1].not_finite if name.endswith("/gradient")), None) if looks else None
    if odd:
        layer = odd.removesuffix("/gradient")
        yield _exploding(f"The gradient of '{layer}' is not a finite number any more.", layer, {})
        return
    norms = _norms(looks[-1].layers) if looks else {}
    if not norms:
        return
    layer = max(norms, key=lambda name: norms[name])
    told = f"The gradient norm of '{layer}' is {norms[layer]:.1e}"
    before, ratio = _norms(looks[0].layers).get(layer), looks[-1].layers[layer].update_ratio
    if before and norms[layer] >= max(GREW * before, LARGE):
        yield _exploding(f"{told}, up from {before:.1e}.", layer, {"gradient": norms[layer], "at_first": before})
    elif ratio and ratio >= TEARS and norms[layer] >= LARGE:
        why = f"{told}: a step from here moves its weights by {ratio:.0%} of their size."
        yield _exploding(why, layer, {"gradient": norms[layer], "update_ratio": ratio})


def _exploding(message: str, layer: str, evidence: Mapping[str, float]) -> Finding:
    advice = "Set clipnorm of the optimizer (1 is a good start), try a smaller learning rate, or normalize the inputs."
    return Finding("exploding-gradients", message, advice, layer=layer, evidence=evidence)


def _norms(layers: Mapping[str, LayerSigns]) -> dict[str, float]:
    """The gradient norms of the layers that learn, in the order of the model."""
    return {name: signs.gradient for name, signs in layers.items() if signs.gradient is not None}
