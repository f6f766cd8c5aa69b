"""Whether an output, its loss, its metrics and its target agree: units, label form, last activation."""

from collections.abc import Iterator

from layerloom.graph.patch import Change, SetConfig
from layerloom.problem import Fix, Problem
from layerloom.training.activation_problems import activation_problems
from layerloom.training.data_problems import joined_shape
from layerloom.training.judging import (
    FIRST_CHOICE,
    NEVER_FITS,
    Form,
    canonical,
    judged_as,
    label_form,
    loss_form,
)
from layerloom.training.metric_problems import metric_problems
from layerloom.training.plan import Plan, Target, set_recipe, shown

CROSSENTROPY_RANGE = (0.0, 1.0)


def fitting_problems(plan: Plan, target: Target) -> Iterator[Problem]:
    """Everything about one Output that makes its loss meaningless or impossible."""
    if any(column.dtype == "string" for column in target.columns):
        yield _text_target(plan, target)
    elif reason := NEVER_FITS.get(canonical("losses", target.judged.loss)):
        form = label_form(target)
        use = Fix(label=f"Use {FIRST_CHOICE[form]}", patch=judged_as(target, form))
        yield _problem("loss-kind", f"{reason}. Use {FIRST_CHOICE[form]}.", target, [use])
    elif target.classes is None:
        yield from _number_problems(plan, target)
    else:
        yield from _category_problems(plan, target)


def _category_problems(plan: Plan, target: Target) -> Iterator[Problem]:
    classes = target.classes or 0
    if len(target.source.shape) != 2:
        yield _not_one_answer(target)
        return
    if classes < 2:
        same = f"Every '{target.columns[0].name}' is the same class"
        message = f"{same}: there is nothing to tell apart. Choose another target."
        yield _problem("one-class", message, target)
        return
    form = loss_form(target)
    if form == "number":
        yield _number_loss(target, classes)
    elif form is not None:
        yield from _units_problems(target, form, classes)
        yield from _form_problems(target, form)
        yield from activation_problems(plan, target, form)
    if form != "number":
        yield from metric_problems(target)


def _units_problems(target: Target, form: Form, classes: int) -> Iterator[Problem]:
    units, column = target.units, target.columns[0].name
    loss = canonical("losses", target.judged.loss)
    if units == classes or units is None or (units == 1 and form == "yes_no" and classes == 2):
        return
    if loss == "Circle":
        # It places samples in a space of any size.
        return
    enough = [_with_units(target, classes, _as_classes(target, form))]
    if units == 1 and classes == 2:
        got = f"{loss} needs one unit a class, got 1 unit for the 2 classes of '{column}'"
        message = f"{got}. Set units to 2, or use BinaryCrossentropy."
        enough.append(Fix(label="Use BinaryCrossentropy", patch=judged_as(target, "yes_no")))
    elif form == "yes_no" and units == 1:
        apart = f"{loss} tells two classes apart, but '{column}' has {classes}"
        message = f"{apart}. Use one unit a class and a categorical loss."
    else:
        effect = "some could never be predicted" if units < classes else "some units stand for nothing"
        message = f"{units} units, but '{column}' has {classes} classes: {effect}. Set units to {classes}."
    severity = "warning" if units > classes and form == "index" else "error"
    yield _problem("units-classes", message, target, enough, severity=severity, at="units")


def _as_classes(target: Target, form: Form) -> Form:
    """The form for one unit a class: what the loss has, if it is one for that."""
    return form if form in ("index", "one_hot") else "one_hot" if target.one_hot else "index"


def _form_problems(target: Target, form: Form) -> Iterator[Problem]:
    column, loss = target.columns[0].name, canonical("losses", target.judged.loss)
    single = target.units == 1
    has = "one_hot" if target.one_hot else "yes_no" if single else "index"
    if form == has or (single and not target.one_hot):
        return
    if form == "yes_no" and not single:
        severity = "warning" if target.one_hot else "error"
        judges = f"{loss} judges each of {target.units} units by yes and no"
        message = f"{judges}, but every '{column}' is exactly one class. Use a categorical loss."
        fixes = [_switched(target, "one_hot" if target.one_hot else "index")]
    else:
        severity = "error"
        expected = {"index": "class numbers (encoding index)", "one_hot": "one-hot labels", "yes_no": "0 or 1"}
        got = "one-hot" if target.one_hot else "class numbers"
        message = (
            f"{loss} expects {expected[form]}, but '{column}' reaches it as {got}. Change the loss or the encoding."
        )
        other: Form = "one_hot" if target.one_hot else "index"
        fixes = [_switched(target, other)] if not single else []
        fixes.append(
            Fix(
                label=f"Encode '{column}' as {'one-hot' if form == 'one_hot' else 'class numbers'}",
                patch=judged_as(target, form),
            )
        )
    yield _problem("label-form", message, target, fixes, severity=severity)


def _number_loss(target: Target, classes: int) -> Problem:
    column, loss = target.columns[0].name, canonical("losses", target.judged.loss)
    measures = f"{loss} measures distances between numbers"
    message = f"{measures}, but the {classes} classes of '{column}' have no order. Use a crossentropy."
    if target.units == 1 and classes == 2:
        fixes = [Fix(label="Use BinaryCrossentropy", patch=judged_as(target, "yes_no"))]
    else:
        form: Form = "one_hot" if target.one_hot else "index"
        fixes = [_with_units(target, classes, form) if target.units != classes else _switched(target, form)]
    # Ten units against one number can not be compared; everything else merely learns badly.
    impossible = target.units != 1 and not target.one_hot
    return _problem("loss-kind", message, target, fixes, severity="error" if impossible else "warning")


def _number_problems(plan: Plan, target: Target) -> Iterator[Problem]:
    wanted = target.source.shape[1:]
    shape = joined_shape(target.columns, wanted or [1])
    if shape is None or list(wanted) != shape:
        yield _target_shape(target, shape)
        return
    form = loss_form(target)
    low, high = CROSSENTROPY_RANGE
    within = all(
        len(c.classes) == 2
        if c.classes
        else c.statistics is not None and low <= c.statistics.min <= c.statistics.max <= high
        for c in target.columns
    )
    if form in ("index", "one_hot") or (form == "yes_no" and not within):
        loss, column = canonical("losses", target.judged.loss), target.columns[0].name
        message = f"{loss} compares classes, but '{column}' is a number. Use a loss for numbers, as MeanSquaredError."
        fixes = [Fix(label="Use MeanSquaredError", patch=judged_as(target, "number"))]
        yield _problem("loss-kind", message, target, fixes)
    elif form == "number":
        yield from activation_problems(plan, target, form)
        yield from metric_problems(target)


def _text_target(plan: Plan, target: Target) -> Problem:
    column = next(column.name for column in target.columns if column.dtype == "string")
    suggested = plan.suggestion.data.targets.get(target.name, []) if plan.suggestion else []
    path = ["data", "targets", target.name]
    fixes = [set_recipe(path, [*suggested], f"Predict '{suggested[0]}'")] if suggested else []
    message = f"'{column}' is text, which no loss can compare with numbers. Choose a number or a category as target."
    return Problem(code="loss-kind", message=message, recipe=path, fixes=fixes)


def _not_one_answer(target: Target) -> Problem:
    given = shown(target.source.shape[1:])
    wanted = f"'{target.columns[0].name}' is one class a sample, but the output gives {given}"
    message = f"{wanted}. Put Flatten or a global pooling layer before the last Dense."
    return _problem("shape-mismatch", message, target, at="units")


def _target_shape(target: Target, shape: list[int] | None) -> Problem:
    given = shown(target.source.shape[1:])
    if shape is None:
        return _problem("shape-mismatch", "The target's columns have different shapes and can not be joined.", target)
    message = f"The output gives {given} a sample, but its target has {shown(shape)}. Make them equal."
    same = len(shape) == len(target.source.shape) - 1 and list(target.source.shape[1:-1]) == shape[:-1]
    fixes = [_with_units(target, shape[-1], None)] if same and shape else []
    return _problem("shape-mismatch", message, target, fixes, at="units")


def _switched(target: Target, form: Form) -> Fix:
    patch = judged_as(target, form)
    chosen = {"index": "SparseCategoricalCrossentropy", "one_hot": "CategoricalCrossentropy"}.get(form, form)
    return Fix(label=f"Use {chosen}", patch=patch)


def _with_units(target: Target, units: int, form: Form | None) -> Fix:
    """Give the last layer so many units, and a loss for that if its own is for another form."""
    patch: list[Change] = []
    source = target.source
    if source.units_node_id and source.units_parameter:
        patch.append(SetConfig(node=source.units_node_id, parameter=source.units_parameter, value=units))
    if form is not None and loss_form(target) != form:
        patch += judged_as(target, form)
    return Fix(label=f"Set {source.units_parameter or 'units'} to {units}", patch=patch)


def _problem(
    code: str, message: str, target: Target, fixes: list[Fix] | None = None, severity: str = "error", at: str = "loss"
) -> Problem:
    source = target.source
    on_units = at == "units"
    return Problem.model_validate(
        {
            "code": code,
            "severity": severity,
            "message": message,
            "node": (source.units_node_id if on_units else None) or source.node_id,
            "parameter": source.units_parameter if on_units else None,
            "recipe": target.path,
            "fixes": [fix for fix in fixes or [] if fix.patch],
        }
    )
