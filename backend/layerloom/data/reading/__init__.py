"""Reading what people bring: each module turns one family of files into a `Source`, columns that are taken one by one.

Nothing in a file is trusted: no member name becomes a path, no pickle is loaded, every size is known before it is
unpacked and counted while it is. Imports Polars, Pillow and NumPy.
"""
