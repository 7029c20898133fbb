import os
import re
import subprocess
import sys

import pytest

from portal.paths import BASE_DIR
from portal.settings import RULES


def manage(tmp_path, *arguments, **environment):
    """Run a command as an operator would, with these settings only."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env={**kept, "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def start(tmp_path, **environment):
    return manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **environment)


PRODUCTION = {
    "SECRET_KEY": "kA9-zQ7_" * 8,
    "SITE_URL": "https://monographs.example.org",
    "ALLOWED_HOSTS": "monographs.example.org",
    "EMAIL_URL": "submission://user:password@mail.example.org",
    "SECURITY_CONTACT": "security@example.org",
}


def test_production_settings_pass_the_deployment_check(tmp_path):
    result = start(tmp_path, **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("DEBUG", "perhaps"),
        ("SITE_URL", "monographs.example.org"),
        ("SITE_URL", "https://example.org/path"),
        ("DATABASE_URL", "nonsense"),
        ("REPLICA_URL", "sqlite:///portal.sqlite3"),
        ("REPLICA_URL", "postgres://user:password@replica.example.org/monographs"),  # of SQLite
        ("CACHE_URL", "localhost:6379"),
        ("CACHE_URL", "redis://"),
        ("CACHE_URL", "redis://localhost:port"),
        ("CACHE_URL", "redis://localhost/pages"),
        ("EMAIL_URL", "pigeon://post"),
        ("MEDIA_URL", "media"),
        ("STATIC_DIR", "static"),
        ("SITE_NAME", '"Our clinic"'),
        *(
            ("MEDIA_STORAGE_URL", f"s3://{wrong}")
            for wrong in (
                "s3.example.org/bucket",
                "key:secret@s3.example.org",
                "key:secret@s3.example.org/bucket/folder",
                "key:secret@s3.example.org/bucket?tls=perhaps",
                "key:secret@s3.example.org/bucket?acl=public",
            )
        ),
        ("ADMIN_PATH", "/admin/"),
        ("ADMIN_PATH", "reviews"),
        ("ADMIN_PATH", "Desk"),
        ("REQUIRE_TOTP", "sometimes"),
        ("LOGIN_ATTEMPTS", "0"),
        ("LOGIN_LOCKOUT_MINUTES", "0"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("SECURITY_CONTACT", "somebody"),
        ("SECURITY_CONTACT", "http://example.org/security"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_TOKEN", "short"),
        ("SLOW_QUERY_MS", "-1"),
        ("LOG_LEVEL", "loud"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,proxy"),
        ("TIME_ZONE", "Europe/Atlantis"),
        ("LANGUAGE_CODE", "English!"),
        ("REVIEWS_OPEN", "maybe"),
        ("REVIEWS_MINIMUM_FOR_AVERAGE", "0"),
        ("REVIEWS_PER_HOUR", "many"),
        ("ADDRESS_RETENTION_DAYS", "-1"),
        ("SECOND_PERSON_PUBLISHES", "sometimes"),
        ("REQUIRE_SIGN_OFF", "2"),
        ("SIGN_OFF_DAYS", "0"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name_and_an_example(tmp_path, name, value):
    environment = {key: setting for key, setting in PRODUCTION.items() if key != name}
    result = start(tmp_path, **environment, **({name: value} if value else {}))
    assert result.returncode == 1
    assert f"Setting {name}: " in result.stderr
    assert f"Example: {name}=" in result.stderr
    assert "Traceback" not in result.stderr


def test_every_wrong_setting_is_named_in_one_go(tmp_path):
    wrong = {"SECRET_KEY": "short", "REVIEWS_OPEN": "maybe", "TRUSTED_PROXIES": "proxy", "DATABASE_URL": "nonsense"}
    result = start(tmp_path, **wrong, REPLICA_URL="postgres://replica.example.org/portal")
    assert [line.split(":")[0] for line in result.stderr.splitlines() if line.startswith("Setting")] == [
        "Setting SECRET_KEY",
        "Setting TRUSTED_PROXIES",
        "Setting DATABASE_URL",
        "Setting REVIEWS_OPEN",
    ]


def test_pages_are_made_anew_when_the_address_of_the_site_changes_and_not_for_the_place_of_a_service():
    assert {"SITE_URL", "MEDIA_URL", "SITE_NAME"} < set(RULES)
    assert not {"DATABASE_URL", "CACHE_URL", "STATIC_DIR"} & set(RULES)


def test_the_deployment_check_warns_of_all_that_would_go_wrong(tmp_path):
    wrong = {
        "SITE_URL": "http://monographs.example.org",
        "ALLOWED_HOSTS": "elsewhere.example.org",
        "EMAIL_URL": "console:",
        "SECURITY_CONTACT": "",
    }
    result = start(tmp_path, **{**PRODUCTION, **wrong})
    assert result.returncode == 1
    assert sorted(re.findall(r"portal\.W\d+", result.stderr)) == [f"portal.W00{number}" for number in range(1, 5)]


def test_a_password_in_a_wrong_setting_is_not_repeated(tmp_path):
    result = start(tmp_path, **{**PRODUCTION, "DATABASE_URL": "pg://me:secret-word@host/db"})
    assert "Setting DATABASE_URL" in result.stderr
    assert "secret-word" not in result.stderr + result.stdout


def test_static_files_are_where_the_setting_says(tmp_path):
    line = "from django.conf import settings; print(settings.STATIC_ROOT)"
    result = manage(tmp_path, "shell", "-v0", "-c", line, **PRODUCTION, STATIC_DIR="/srv/static-of-the-release")
    assert result.stdout == "/srv/static-of-the-release\n"


def test_a_command_without_its_database_says_so_in_words(tmp_path):
    address = "postgres://me:secret-word@127.0.0.1:1/portal"
    result = manage(tmp_path, "send_digests", **PRODUCTION, DATABASE_URL=address)
    assert result.returncode == 1
    assert result.stderr.startswith("The database cannot be used at the moment")
    assert "Traceback" not in result.stderr
    assert "secret-word" not in result.stderr


def test_the_admin_stands_at_the_path_of_the_setting_and_nowhere_else(tmp_path):
    lines = (
        "from django.urls import resolve, reverse; from django.urls.exceptions import Resolver404; import contextlib\n"
        "print(*(reverse(name) for name in ('admin:index', 'editor_login_state', 'admin:login_code')))\n"
        "with contextlib.suppress(Resolver404): print(resolve('/admin/'))"
    )
    result = manage(tmp_path, "shell", "-v0", "-c", lines, **PRODUCTION, ADMIN_PATH="desk-of-ours")
    assert result.stdout == "/desk-of-ours/ /desk-of-ours/editor/login/ /desk-of-ours/login/code/\n", result.stderr
