"""What a ASGI server such as uvicorn loads."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")

application = get_asgi_application()
