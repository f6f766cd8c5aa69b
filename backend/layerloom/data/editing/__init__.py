"""The next version of a dataset: edits applied to its stored columns, one column in memory at a time.

What no edit touches is linked, not copied. Runs as a process of its own. Imports NumPy and Polars.
"""
