"""Settings of a control arm: SQLite's own transactions, which read first and ask for the write lock later."""

from orgroles.settings import *  # noqa: F403  # the same site in all else
from orgroles.settings import DATABASES

DATABASES["default"]["OPTIONS"]["transaction_mode"] = "DEFERRED"
