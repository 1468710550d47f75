"""What a WSGI server such as gunicorn loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")

application = get_wsgi_application()

from raci.web.warming import warm  # noqa: E402  # it needs the application

# A server that forks its workers afterwards (gunicorn --preload) gives them what is read here: no worker must share a
# connection, and what is kept is not looked through, and so copied, by each of them again.
if warm():
    gc.collect()
    gc.freeze()
connections.close_all()
