"""The site as it runs for its users, save that it answers on loopback without TLS, and static files from their sources."""

from orgroles.settings import *  # noqa: F403  # the same site in all else

DEBUG = WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True
