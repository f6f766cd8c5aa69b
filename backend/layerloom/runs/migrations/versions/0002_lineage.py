"""Which run and epoch a run was forked from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add two columns; runs that are there were forked from none."""
    op.add_column("runs", sa.Column("from_run", sa.BigInteger()))
    op.add_column("runs", sa.Column("from_epoch", sa.Integer()))
