"""Settings of a control arm: SQLite's own transactions, which read first and ask for the write lock later."""

from tests.races.settings import *  # noqa: F403  # the same site in all else
from tests.races.settings import DATABASES

DATABASES["default"]["OPTIONS"]["transaction_mode"] = "DEFERRED"
