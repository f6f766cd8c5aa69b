"""Predictions for a whole file.

It is read a part at a time (`tables`, `archives`, `pictures`), answered, and written as CSV (`file`).
"""
