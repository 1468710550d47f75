"""The site as it runs for its users, save that it answers without TLS and serves static files from their sources."""

from orgroles.settings import *  # noqa: F403  # the same site in all else

DEBUG = WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True
