"""What goes wrong while learning, found in numbers: each finding says what was seen, where, and what to do.

`units`, `gradients`, `curves`, `rates` and `classes` hold rules: pure functions of numbers. `rows` and `not_finite` get
numbers that no event has. `doctor` listens to what a training says and asks the rules.
"""
