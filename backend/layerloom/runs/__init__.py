"""What happened: runs and their events in a database, and the folder of each run.

The only room that imports SQLAlchemy and Alembic. Must not import Keras, `modeling`, `training` or `api`.
"""
