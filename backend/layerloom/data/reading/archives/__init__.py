"""ZIP files with a file a row (pictures, texts, sounds), with arrays, or with a table for each split.

May read tables, for the labels of files beside them.
"""
