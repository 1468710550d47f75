"""The site with a mail server that lets two processes meet."""

from tests.races.settings import *  # noqa: F403  # the same site in all else

EMAIL_BACKEND = "tests.races.post.EmailBackend"
