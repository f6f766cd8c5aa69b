"""Tables, however they are written: text with separators, workbooks, Parquet, JSON.

Each reader makes columns of one file. Knows nothing of archives but how to look into one, since workbooks are some.
"""
