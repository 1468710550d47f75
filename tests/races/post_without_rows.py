"""Settings of a control arm: nobody writes down that a digest is sent."""

from tests.races.post_settings import *  # noqa: F403  # the same site in all else

DIGESTS_ARE_NOT_WRITTEN_DOWN = True
