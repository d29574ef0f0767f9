"""Settings. The environment may set CNCD_DATA, DATABASE_URL, CNCD_ORIGINS, CNCD_DEBUG,
CNCD_SMTP and CNCD_SERVICES.
"""

import os
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from cncd.faces.notices import outward

from . import machine
from .hooks import *  # noqa: F403  each is a setting

DATA = machine.data_directory()
SECRET_KEY = machine.secret_key(DATA)
DEBUG = os.environ.get("CNCD_DEBUG") == "1"

# Who may reach it ---------------------------------------------------------------------------

ORIGINS = machine.origins()
LOCAL_ORIGIN = machine.local_origin()
ON_HTTPS = bool(ORIGINS) and all(origin.startswith("https://") for origin in ORIGINS)
# `cncd serve --tls` answers by itself: no proxy stands in front whose word would count.
TLS = os.environ.get("CNCD_TLS", "")  # "made" here, or "given"
BEHIND_PROXY = ON_HTTPS and not TLS
LOCAL_AUTHORITY = machine.local_authority(DATA) if TLS == "made" else None
ALLOWED_HOSTS = [urlsplit(origin).hostname for origin in ORIGINS] + list(machine.LOOPBACK)
CSRF_TRUSTED_ORIGINS = ORIGINS

# Rooms, from the ground floor up ------------------------------------------------------------

ROOMS = [
    "cncd.foundation.kit",
    "cncd.foundation.journal",
    "cncd.foundation.files",
    "cncd.foundation.documents",
    "cncd.foundation.places",
    "cncd.foundation.people",
    "cncd.foundation.devices",
    "cncd.foundation.envelopes",
    "cncd.team.teams",
    "cncd.team.programme",
    "cncd.work.households",
    "cncd.work.library",
    "cncd.work.difficulties",
    "cncd.work.money",
    "cncd.work.activities",
    "cncd.work.logsheets",
    "cncd.work.registers",
    "cncd.work.partners",
    "cncd.work.channels",
    "cncd.work.broadcasts",
    "cncd.work.training",
    "cncd.work.directives",
    "cncd.work.inspections",
    "cncd.work.evaluations",
    "cncd.results.reports",
    "cncd.results.totals",
    "cncd.results.pilots",
    "cncd.results.rewards",
    "cncd.results.paperwork",
    "cncd.faces.desk",
    "cncd.faces.phone",
    "cncd.faces.notices",
]

INSTALLED_APPS = [
    # Rooms come first, from the top floor down, so that a face may override any template.
    *reversed(ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cncd.foundation.kit.middleware.SmallPages",
    "cncd.foundation.kit.middleware.ContentSecurity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cncd.foundation.kit.middleware.ChosenLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cncd.foundation.people.middleware.SignedIn",
    "cncd.foundation.devices.middleware.KnownDevice",
    "cncd.foundation.kit.middleware.NoBlankPage",
    "cncd.foundation.kit.middleware.PlainAddresses",
    "cncd.faces.phone.practice.Practice",
    "cncd.faces.desk.scope.KeepScope",
    "cncd.faces.desk.inbox.CountAgain",
]

ROOT_URLCONF = "cncd.config.urls"
WSGI_APPLICATION = "cncd.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cncd.faces.desk.context.chrome",
                "cncd.faces.phone.navigation.doors",
            ],
        },
    },
]
FORM_RENDERER = "cncd.foundation.kit.rendering.Renderer"

# Data ---------------------------------------------------------------------------------------

DATABASES = {"default": machine.database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in limits live here, so that every server process counts the same attempts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cncd_cache",
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = DATA / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [machine.CHECKOUT / "cncd" / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "cncd.config.storage.NamedStaticFiles"
    },
}

# Language, time, numbers --------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [machine.CHECKOUT / "cncd" / "config" / "locale"]
FORMAT_MODULE_PATH = ["cncd.config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Signing in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["cncd.config.accounts.NameOrPhone"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cncd.config.accounts.ClosedDoor"
ACCOUNT_FORMS = {
    "login": "cncd.foundation.people.forms.sign_in.LoginForm",
    "reauthenticate": "cncd.foundation.people.forms.sign_in.ReauthenticateForm",
    "change_password": "cncd.foundation.people.forms.sign_in.ChangePasswordForm",
    "set_password": "cncd.foundation.people.forms.sign_in.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# A whole commune may sit behind one address, so the limit per address is wide, per name narrow.
LOCKOUT_MINUTES = 5
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": f"60/m/ip,5/{LOCKOUT_MINUTES}m/key",
    "paper_lookup": "60/m/ip",  # whoever holds a document looks it up
}
# https ends at one proxy in front of us, which names the client it speaks for.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

MFA_ADAPTER = "cncd.config.accounts.SecondFactors"
MFA_FORMS = {
    "authenticate": "cncd.foundation.people.forms.sign_in.CodeForm",
    "reauthenticate": "cncd.foundation.people.forms.sign_in.ReauthenticateCodeForm",
    "activate_totp": "cncd.foundation.people.forms.sign_in.ActivateAppForm",
    "add_webauthn": "cncd.foundation.people.forms.sign_in.AddPasskeyForm",
    "edit_webauthn": "cncd.foundation.people.forms.sign_in.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "CNCĐ"
# Browsers count http://localhost as secure; anywhere else a passkey needs https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ON_HTTPS

# How long a one-time link lets somebody in, and how long they then stay without coming back.
SIGN_IN_LINK_LIFE = {
    "invite": timedelta(days=7),
    "slip": timedelta(days=30),
    "reset": timedelta(hours=1),
    "own": timedelta(minutes=10),
}
FIRST_PAGE = "devices:first"  # after a link
SESSION_LIFE = {"team": timedelta(days=180), "desk": timedelta(days=14)}

# What a device that waits for its PIN may still do: leave, say the PIN or prove itself otherwise,
# and hand in what was entered before. Pages open to strangers are open to it too.
OPEN_WHILE_LOCKED = """devices:pin envelopes:door account_login account_logout account_inactive
mfa_reauthenticate_webauthn set_language""".split()

# Hardening ----------------------------------------------------------------------------------

SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ON_HTTPS
# With a certificate of our own making HSTS would lock phones out when it is made anew.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

# Waking phones: by these push services of browsers alone, over https (".x": all below x) ------

PUSH_SERVICES = ["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com"]
PUSH_SERVICES += [".notify.windows.com"]
PUSH_KEY = DATA / "push-key"
PUSH_CONTACT = next((each for each in ORIGINS if each.startswith("https://")), "https://localhost")

# E-mail and chats (docs/operate/mail-and-chats.md) -------------------------------------------

MAIL = outward.mail_server(os.environ.get("CNCD_SMTP", ""))
SERVICES = outward.services(os.environ.get("CNCD_SERVICES", ""))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "cncd": {"level": "INFO"},
        "django_tasks_db": {"level": "ERROR"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
