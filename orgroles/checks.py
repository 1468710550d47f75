"""System checks for what Django does not look at."""


def register_all() -> None:
    """Register the checks."""
