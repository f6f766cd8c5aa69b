"""A drawing as Python code that a person would write: plain Keras, formatted, runnable by itself.

Imports of this app: `modeling` and below. What data a script trains on is prepared by `training`.
Text of a drawing enters code in three ways only: as an identifier (identifiers.py), as a literal or as a line of
prose (literals.py). Templates never print text of a drawing in any other way.
"""
