"""Listens to what a training says, passes it on, and says what it finds in it, each thing once."""

import math
from collections.abc import Callable, Iterable, Iterator

from layerloom.events import EpochEvent, Event, FindingEvent, ProbeEvent, StartedEvent
from layerloom.graph.document import Graph
from layerloom.training.findings import curves, gradients, rates, units
from layerloom.training.findings.finding import Finding, Story
from layerloom.training.findings.places import nodes_of_layers

Report = Callable[[Event], None]


class Doctor:
    """A `report` that hands each event on and adds FindingEvents. May be called from several threads."""

    def __init__(self, report: Report, graph: Graph) -> None:
        self._report = report
        self._nodes = nodes_of_layers(graph)
        self._story = Story()
        self._told: set[tuple[str, str | None, str | None]] = set()

    def __call__(self, event: Event) -> None:
        """Pass the event on, then tell what it shows."""
        self._report(event)
        match event:
            case StartedEvent():
                self._story = Story(first_epoch=event.initial_epoch, last_epoch=event.epochs)
            case EpochEvent():
                self._story.epochs.append({name: value for name, value in event.metrics.items() if value is not None})
                self._story.rates.append(event.learning_rate)
                self.tell(_of_epoch(self._story))
            case ProbeEvent():
                self._story.looks = [*self._story.looks[:1], *self._story.looks[1:][-1:], event]
                self.tell(_of_look(self._story.looks))
                self.tell(_of_epoch(self._story))

    def begins_at(self, first_loss: float | None) -> None:
        """The loss before the first step, told after the StartedEvent."""
        known = first_loss is not None and math.isfinite(first_loss)
        self._story.first_loss = first_loss if known else None

    def tell(self, findings: Iterable[Finding]) -> None:
        """Say these findings, but none again of the same kind at the same place."""
        for finding in findings:
            key = (finding.code, finding.layer, finding.metric)
            if key not in self._told:
                self._told.add(key)
                self._report(self._event(finding))

    def _event(self, finding: Finding) -> FindingEvent:
        epoch = finding.began or self._story.epoch or None
        return FindingEvent(
            code=finding.code,
            message=finding.message,
            advice=finding.advice,
            node=self._nodes.get(finding.layer or ""),
            layer=finding.layer,
            metric=finding.metric,
            epoch=epoch,
            evidence={name: float(value) for name, value in finding.evidence.items() if math.isfinite(value)},
        )


def _of_epoch(story: Story) -> Iterator[Finding]:
    slow = list(rates.rate_too_low(story))
    yield from slow
    if not slow:
        yield from curves.loss_stuck(story)
    yield from rates.rate_too_high(story)
    yield from curves.overfitting(story)


def _of_look(looks: list[ProbeEvent]) -> Iterator[Finding]:
    yield from units.dead_units(looks)
    yield from units.saturated_units(looks)
    yield from gradients.vanishing(looks)
    yield from gradients.exploding(looks)
