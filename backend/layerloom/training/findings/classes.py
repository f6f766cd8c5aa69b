"""What the rows of a dataset tell before the first step: classes out of balance, and rows in two splits at once."""

from collections.abc import Iterator, Mapping

from layerloom.training.findings.finding import Finding
from layerloom.training.findings.rows import Overlap

UNEVEN = 10
LEAKED = 0.02
LEAST_LEAKED = 3
CONTRADICTING = 0.02
"""Of the equal rows: rows equal by chance, where there are few possible ones, differ in their targets sometimes."""


def imbalance(output: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    """Classes of an output of which one has ten times the training rows of another. `counts` are by class name."""
    if len(counts) < 2:
        return
    rare, common = min(counts, key=lambda name: counts[name]), max(counts, key=lambda name: counts[name])
    if counts[common] < UNEVEN * max(counts[rare], 1):
        return
    total = sum(counts.values())
    yield Finding(
        code="class-imbalance",
        message=f"Of {total:,} training rows {counts[common]:,} are '{common}' and {counts[rare]:,} are '{rare}': "
        f"always answering '{common}' is right in {counts[common] / total:.0%}.",
        advice="Do not judge by accuracy alone: add AUC, Precision, Recall or F1Score. Balance the "
        "classes by class_weight, or bring more rows of the rare ones.",
        layer=output,
        evidence={"rarest": counts[rare], "commonest": counts[common], "rows": total},
    )


def leakage(split: str, overlap: Overlap) -> Iterator[Finding]:
    """Rows of a held-out split that the training rows hold too, with the same targets."""
    if overlap.equal < LEAST_LEAKED or overlap.equal < LEAKED * overlap.rows:
        return
    if overlap.contradicting > CONTRADICTING * overlap.equal:
        return
    yield Finding(
        code="split-leakage",
        message=f"{overlap.equal:,} of {overlap.rows:,} {split} rows ({overlap.equal / overlap.rows:.0%}) equal a "
        f"training row in every input and target: the {split} figures flatter the model.",
        advice="Remove equal rows from the dataset before it is split, or keep what belongs together in one split.",
        metric="val_loss" if split == "validation" else None,
        evidence={"equal_rows": overlap.equal, "rows": overlap.rows},
    )
