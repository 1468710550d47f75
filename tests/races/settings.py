"""The site as it runs for its users, save that it answers on loopback without TLS and without built static files."""

from orgroles.settings import *  # noqa: F403  # the same site in all else

DEBUG = WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
