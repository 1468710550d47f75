#!/usr/bin/env python
"""The operator's door: Django's command line with this project's settings."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415  # its absence gets a sentence
    except ImportError as error:
        raise SystemExit("Django is not installed here. Run `make run` once, then use .venv/bin/python.") from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
