"""What a WSGI server such as gunicorn loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")

application = get_wsgi_application()

# A server that forks its workers afterwards (gunicorn --preload) gives them what is read here: no worker must share a
# connection, and what is kept is not looked through, and so copied, by each of them again. By name, since models can be
# imported only now.
if import_string("raci.web.warming.warm")():
    gc.collect()
    gc.freeze()
connections.close_all()
