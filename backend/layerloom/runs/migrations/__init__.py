"""The way from every released schema to the present one, walked by Alembic when a store is opened."""
