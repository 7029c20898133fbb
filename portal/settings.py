"""Settings of the portal. All come from the environment or from DATA_DIR/settings.env; README lists them."""

from environs import validate

from portal.environment import StrictEnv
from portal.logs import without_traceback_of_refusals
from portal.paths import BASE_DIR, DATA_DIR, ENVIRONMENT_FILE

env = StrictEnv()
env.read_env(ENVIRONMENT_FILE, recurse=False)

SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
SECRET_KEY_FALLBACKS = env.keys("SECRET_KEY_FALLBACKS", "")
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
SITE_URL = env.site_url("SITE_URL", "http://127.0.0.1:8000")
SITE_NAME = env.str("SITE_NAME", "Monograph Portal", validate=validate.Length(min=1, max=60))
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
SITE_COUNTRY = env.str("SITE_COUNTRY", "GB", validate=validate.Regexp(r"^[A-Z]{2}$"))
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb", validate=validate.OneOf(dict(LANGUAGES)))
MEDIA_URL = env.path_url("MEDIA_URL", "/media/")
ADMIN_PATH = env.admin_path("ADMIN_PATH", "admin")
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES", "")
DATABASES = {
    "default": env.database(
        "DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if replica := env.replica("REPLICA_URL", "", conn_max_age=600):
    DATABASES["replica"] = replica
CACHES = {"default": env.cache("CACHE_URL", "")}
static_dir = env.folder("STATIC_DIR", "")
media_storage = env.media_storage("MEDIA_STORAGE_URL", "")
email = env.email("EMAIL_URL", "file:")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "portal@localhost")
REQUIRE_TOTP = env.bool("REQUIRE_TOTP", False)
LOGIN_ATTEMPTS = env.int("LOGIN_ATTEMPTS", 5, validate=validate.Range(min=1, max=100))
LOGIN_LOCKOUT_MINUTES = env.int("LOGIN_LOCKOUT_MINUTES", 15, validate=validate.Range(min=1, max=1440))
SECURITY_CONTACT = env.contact("SECURITY_CONTACT", "")
LOG_FORMAT = env.str("LOG_FORMAT", "text", validate=validate.OneOf(["text", "json"]))
METRICS_TOKEN = env.secret("METRICS_TOKEN", "")
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 0, validate=validate.Range(min=0, max=60_000))
LOG_LEVEL = env.str("LOG_LEVEL", "warning", validate=validate.OneOf(["info", "warning", "error"]))

# The rules of the site, shown to readers where they matter.
REVIEWS_OPEN = env.bool("REVIEWS_OPEN", True)
REVIEWS_CONFIRM_EMAIL = env.bool("REVIEWS_CONFIRM_EMAIL", False)
REVIEWS_MINIMUM_FOR_AVERAGE = env.int("REVIEWS_MINIMUM_FOR_AVERAGE", 5, validate=validate.Range(min=1))
REVIEWS_PER_HOUR = env.int("REVIEWS_PER_HOUR", 5, validate=validate.Range(min=1))
ADDRESS_RETENTION_DAYS = env.int("ADDRESS_RETENTION_DAYS", 30, validate=validate.Range(min=0, max=365))
APPEAL_DAYS = env.int("APPEAL_DAYS", 14, validate=validate.Range(min=1, max=365))
SECOND_PERSON_PUBLISHES = env.bool("SECOND_PERSON_PUBLISHES", False)
REQUIRE_SIGN_OFF = env.bool("REQUIRE_SIGN_OFF", False)
SIGN_OFF_DAYS = env.int("SIGN_OFF_DAYS", 14, validate=validate.Range(min=1, max=365))
API_PER_MINUTE = env.int("API_PER_MINUTE", 120, validate=validate.Range(min=1))
NOINDEX_UNTIL_SIGNED = env.bool("NOINDEX_UNTIL_SIGNED", False)
if replica and (primary := DATABASES["default"]) and "postgresql" not in primary["ENGINE"]:
    env.fault("REPLICA_URL", "needs DATABASE_URL to be PostgreSQL too.")
env.finish()

# What a page may depend on; two machines of one site have the same, while places of services and files may differ.
RULES = {
    name: value
    for name, value in env.dump().items()
    if not name.endswith(("_URL", "_DIR")) or name in ("MEDIA_URL", "SITE_URL")
}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits at the start and never fails half-way
        "timeout": 20,
        # FULL: what was acknowledged survives even a power cut. It costs writers one fsync, and readers nothing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

INSTALLED_APPS = [
    "portal",
    "reviews",
    "monographs",
    "markdownx",
    "portal.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
]

MIDDLEWARE = [
    "portal.headers.headers_on_everything",
    "portal.request_log.log_requests",
    "portal.metrics.count_requests",
    "portal.middleware.trusted_proxies",
    "portal.health.at_every_name",
    "csp.middleware.CSPMiddleware",  # its policy is on redirects to https too
    "django.middleware.security.SecurityMiddleware",
    "portal.patience.refusals",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.api.conventions.api_conventions",
    "portal.middleware.no_cookie_on_public_answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "portal.login.middleware.second_step_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "portal.replica.ReadersFromReplica",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]

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
                "portal.context.site",
            ],
        },
    }
]

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = static_dir or DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": media_storage,
    "staticfiles": {"BACKEND": "portal.static_files.StaticFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o644

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_HANDLER = "portal.login.lock_out.LockOut"
AXES_LOCKOUT_CALLABLE = "portal.login.lock_out.locked_page"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # marks a request that meets a lock
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
LOGIN_REDIRECT_URL = "admin:index"  # for who came with a next page of another site
OTP_TOTP_ISSUER = SITE_NAME

EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = f"/{path}" if (path := email.get("EMAIL_FILE_PATH")) else DATA_DIR / "mail"

# Security. Everything that needs TLS follows from SITE_URL.
IS_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked at the port of a process
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "portal.login.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the form of a monograph with 200 references has 2,500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "portal.logs.TextFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        },
        "json": {"()": "portal.logs.JSONFormatter"},
    },
    "filters": {"refusals": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback_of_refusals}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would write the same once more, unmasked.
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
        "django.server": {"handlers": [], "propagate": True},
        "portal": {"level": LOG_LEVEL.upper()},
    },
}
DEFAULT_EXCEPTION_REPORTER = "portal.error_reports.Reporter"
