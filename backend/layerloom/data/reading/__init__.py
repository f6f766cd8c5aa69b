"""Reading what people bring: each module turns one family of files into a `Source`, columns that are taken one by one.

`tables` has the readers of tables, `archives` those of ZIP files with many rows or tables and of arrays; what stands
beside them opens a file, looks into an archive, or decides which reader it is for.

Nothing in a file is trusted: no member name becomes a path, no pickle is loaded, every size is known before it is
unpacked and counted while it is. Imports Polars, Pillow and NumPy.
"""
