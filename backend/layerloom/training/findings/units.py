"""Units that have stopped to learn: dead ones, which are zero for every sample, and saturated ones."""

from collections.abc import Iterator, Sequence

from layerloom.events import ProbeEvent
from layerloom.training.findings.finding import Finding

MANY = 0.5
"""The share of a layer's units that is worth a word. Some dead units are normal in a trained network."""

WARM_STEPS = 100
"""Before so many steps the moving averages of BatchNormalization, which a look uses, are those of no data."""


def dead_units(looks: Sequence[ProbeEvent]) -> Iterator[Finding]:
    """Layers with many dead units in the newest look and in the one before it, if there was one."""
    for name, share in _shares(looks, "dead"):
        yield Finding(
            code="dead-units",
            message=f"{share:.0%} of the units of '{name}' are 0 for each of {looks[-1].samples} training samples: "
            "no gradient reaches them any more.",
            advice="Try a smaller learning rate, kernel_initializer he_normal, or the activation leaky_relu.",
            layer=name,
            evidence={"dead": share, "samples": looks[-1].samples},
        )


def saturated_units(looks: Sequence[ProbeEvent]) -> Iterator[Finding]:
    """Layers with many saturated units in the newest look and in the one before it, if there was one."""
    for name, share in _shares(looks, "saturated"):
        yield Finding(
            code="saturated-units",
            message=f"{share:.0%} of the units of '{name}' are at an end of their range for nearly all of "
            f"{looks[-1].samples} training samples: next to no gradient passes them.",
            advice="Normalize the inputs, try smaller initial weights or a smaller learning rate, "
            "or put BatchNormalization before the activation.",
            layer=name,
            evidence={"saturated": share, "samples": looks[-1].samples},
        )


def _shares(looks: Sequence[ProbeEvent], sign: str) -> Iterator[tuple[str, float]]:
    if not looks or looks[-1].global_step < WARM_STEPS:
        return
    for name in looks[-1].layers:
        shares = [getattr(look.layers[name], sign) for look in looks[-2:] if name in look.layers]
        if all(share is not None and share >= MANY for share in shares):
            yield name, shares[-1]
