"""All settings, read from the environment. Development is safe on loopback; production refuses to guess.

Production is ORGROLES_ENV=production, or DEBUG=0. The variables are listed in docs/settings.md.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from orgroles import database, env, logs, site

BASE_DIR = Path(__file__).resolve().parent.parent
BUILD_DIR = BASE_DIR / "build"
VERSION = site.version(BASE_DIR / "CHANGELOG.md")

DEBUG = env.boolean("DEBUG", env.choice("ORGROLES_ENV", "development", ("development", "production")) == "development")
PRODUCTION = not DEBUG
if DEBUG and env.text("ORGROLES_ENV") == "production":
    raise ImproperlyConfigured("DEBUG is on and ORGROLES_ENV is production; unset DEBUG.")

SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]"))
if PRODUCTION:
    site.require_production(secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS)
SECRET_KEY = SECRET_KEY or site.development_secret(BUILD_DIR / "development-secret")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "orgroles.apps.OrgrolesConfig",
    "raci.apps.RaciConfig",
    "orgroles.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_tables2",
]

# Whoever works on imports shows no pages: without what only they need, the process starts in a third of the time.
if env.boolean("ORGROLES_RUNNER", False):
    INSTALLED_APPS = ["raci.apps.RaciConfig", "django.contrib.auth", "django.contrib.contenttypes"]

# Whatever answers, also a static file or an error, passes the first five on its way out and gets their headers.
MIDDLEWARE = [
    "orgroles.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "orgroles.middleware.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "orgroles.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "orgroles.middleware.SessionLimits",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "orgroles.middleware.DatabaseUnavailable",
]

ROOT_URLCONF = "orgroles.urls"
WSGI_APPLICATION = "orgroles.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "raci.web.context.workspace",
            ],
            "libraries": {"leads": "raci.web.leads", "look": "raci.web.look", "paths": "raci.web.path_tags"},
        },
    },
]

DJANGO_TABLES2_TEMPLATE = "raci/shared/table.html"

# --- Data

DATABASES = {"default": database.from_environment(BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# In the database, because throttling counts attempts here and every worker process must see the same count.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- Sign-in

AUTH_USER_MODEL = "raci.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Administrators create the users, unless sign-up is opened.
OPEN_SIGNUP = env.boolean("ORGROLES_OPEN_SIGNUP", False)
ACCOUNT_ADAPTER = "orgroles.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "orgroles.accounts.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if OPEN_SIGNUP else "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[orgroles] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Failed attempts: per address of the client, and per account two limits, so that guessing slowly does not pay either.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key,20/h/key"}
# Behind a proxy its address would count for everybody: say how many proxies stand in front. With 0 (none) a
# forwarded-for header is ignored, because any client can write one.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("ORGROLES_PROXIES", 0, maximum=10)

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "orgroles"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# Where administrators create the users, nobody can register another person's address and lock it with a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = not OPEN_SIGNUP

SOCIALACCOUNT_PROVIDERS = site.openid_connect()

# --- Sessions and cookies

SESSION_IDLE_SECONDS = 60 * env.integer("ORGROLES_SESSION_IDLE_MINUTES", 120, minimum=1)
SESSION_COOKIE_AGE = 60 * env.integer("ORGROLES_SESSION_MINUTES", 720, minimum=1)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    # A browser takes a cookie of this name only over HTTPS and from this very host, never from a subdomain.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"

# --- Headers

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION and env.boolean("ORGROLES_SSL_REDIRECT", True)
# Health probes come from the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Files

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "orgroles.static.JoinedStyles"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "orgroles.static.HashedStaticFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Imports

# How large a file may be that is read as a matrix.
IMPORT_BYTES = 1024 * 1024 * env.integer("ORGROLES_IMPORT_MEGABYTES", 10, minimum=1, maximum=10)
# Who works on them: a process of its own, which a kill of the server does not end, or the request itself.
IMPORTS = env.choice("ORGROLES_IMPORTS", "process", ("process", "inline"))

# --- Language and time

USE_I18N = True
LANGUAGE_CODE = "en-gb"
# Each in its own words: whoever looks for theirs cannot read the others.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "raci" / "locale"]
FORMAT_MODULE_PATH = "orgroles.formats"
USE_TZ = True
TIME_ZONE = site.time_zone()

# --- Mail

# Where people reach the site: a mail has no request to tell it.
SITE_ADDRESS = site.address(production=PRODUCTION, allowed_hosts=ALLOWED_HOSTS)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "orgroles@localhost")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, minimum=1, maximum=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
# Without a mail server a development site prints its mail; a production site sends none, because the mail holds
# links that change passwords and they do not belong in a log.
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy' if PRODUCTION else 'console'}.EmailBackend"
)

LOGGING = logs.configuration(env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")))
