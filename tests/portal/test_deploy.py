"""The examples in portal/deploy/ fit each other, the settings and the commands, and their programs take them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands
from dotenv import dotenv_values

from monographs.release import ROOMS
from portal.environment import EXAMPLES
from portal.management.commands.quickstart import server_command
from portal.paths import BASE_DIR
from portal.settings import env
from tests.portal.test_settings import start
from tests.serving import free_port
from tests.stack.machines import unit_command
from tests.stack.nginx import SITE, Nginx, nginx_program
from tests.stack.visitor import Visitor

DEPLOY = BASE_DIR / "portal" / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SET = re.compile(r"^(?:# )?([A-Z_]+)=(.*)$", re.MULTILINE)


def container_file():
    return (DEPLOY / "Containerfile").read_text().replace("\\\n", "")


def test_the_example_of_settings_names_every_setting_once_and_no_other():
    names = [name for name, _value in SET.findall((DEPLOY / "settings.env").read_text())]
    assert sorted(names) == sorted(env.dump())
    assert sorted(names) == sorted(EXAMPLES)


def test_the_readme_names_every_setting():
    readme = (BASE_DIR / "README.md").read_text()
    assert [name for name in EXAMPLES if f"`{name}`" not in readme] == ["DEBUG"]


def test_the_example_of_settings_means_the_same_to_podman():
    path = DEPLOY / "settings.env"
    lines = (line.partition("=") for line in path.read_text().splitlines() if line and not line.startswith("#"))
    assert {name: value for name, _equals, value in lines} == dotenv_values(path)


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_site_with_the_settings_of_the_example_starts_once_its_secrets_are_replaced(tmp_path, is_whole):
    text = (DEPLOY / "settings.env").read_text()
    if is_whole:
        text = re.sub(r"^# (?=[A-Z_]+=)", "", text, flags=re.MULTILINE)
    (tmp_path / "settings.env").write_text(text)
    assert "Setting SECRET_KEY" in start(tmp_path).stderr
    (tmp_path / "settings.env").write_text(text.replace("=replace-this", f"={'kA9-zQ7_' * 8}"))
    result = start(tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(not nginx_program(), reason="needs nginx: apt-get install nginx-light")
def test_nginx_takes_its_configuration(tmp_path):
    is_right, told = Nginx(tmp_path / "nginx").check()
    assert is_right, told
    assert "[warn]" not in told
    # Of what the check moves elsewhere, Debian's package has made the folders.
    folders = re.findall(r"/var/\S+(?=/monograph-portal| *;)", SITE.read_text())
    assert len(folders) == 4
    assert all(Path(folder).is_dir() for folder in folders)


@pytest.mark.skipif(not nginx_program(), reason="needs nginx: apt-get install nginx-light")
def test_the_log_of_nginx_tells_neither_who_asked_nor_whose_link_was_opened(tmp_path):
    nginx = Nginx(tmp_path / "nginx", ports=(free_port(), free_port()))
    nginx.start()
    try:
        visitor = Visitor(nginx.port, certificate=nginx.folder / "fullchain.pem")
        for path in ("/reviews/mine/12.secret-token/edit/?q=my+illness", "/sign-off/secret-token/", "/search/?q=ill"):
            status, headers, _text = visitor.get(path)
            assert (status, headers["Retry-After"]) == (503, "30")
    finally:
        nginx.stop()
    lines = [line.split() for line in (nginx.folder / "monograph-portal.log").read_text().splitlines()]
    paths = ["/reviews/mine/-", "/sign-off/-", "/search/"]
    assert [line[2:5] for line in lines] == [["GET", path, "503"] for path in paths]
    assert all(re.fullmatch("[0-9a-f]{32}", line[1]) for line in lines)
    told = "".join(path.read_text() for path in nginx.folder.glob("*.log"))
    for secret in ("secret-token", "q=", "127.0.0.1"):
        assert secret not in told


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze: apt-get install systemd")
def test_systemd_takes_the_units(tmp_path):
    programs = str(Path(sys.executable).parent)
    for unit in UNITS:
        text = unit.read_text().replace("/srv/monograph-portal/.venv/bin", programs)
        (tmp_path / unit.name).write_text(text.replace("/srv/monograph-portal", str(BASE_DIR)))
    paths = [str(tmp_path / unit.name) for unit in UNITS]
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_the_unit_and_the_image_serve_as_quickstart_does():
    image = json.loads(re.search(r"^CMD (.*)$", container_file(), re.MULTILINE)[1])
    commands = (server_command(8000)[3:], unit_command(8000)[1:], image[1:])
    # How many workers, and for whom: on one machine, behind nginx, and in a container.
    told = {re.sub(r"--(host|workers) \S+ ", "", " ".join(command)) for command in commands}
    assert len(told) == 1, told


def test_timers_start_units_and_commands_that_exist():
    names = {unit.name for unit in UNITS}
    started = [re.search(r"^Unit=(.*)$", unit.read_text(), re.MULTILINE)[1] for unit in DEPLOY.glob("*.timer")]
    assert started
    for name in started:
        template, at, rest = name.partition("@")
        assert (f"{template}@.service" if at else name) in names
        assert not at or rest.removesuffix(".service") in get_commands()


def test_the_image_holds_all_that_the_site_needs():
    copied = re.findall(r"^COPY (\S+) ", container_file(), re.MULTILINE)
    assert sorted(copied) == sorted([*ROOMS, "manage.py", "requirements.txt"])
    assert all((BASE_DIR / name).exists() for name in copied)


def test_the_image_has_its_static_files_beside_the_volume_which_outlives_the_release():
    places = dict(re.findall(r"(DATA_DIR|STATIC_DIR)=(/\S+)", container_file()))
    [volume] = re.findall(r"^VOLUME (.*)$", container_file(), re.MULTILINE)
    assert places["DATA_DIR"] == volume
    assert not places["STATIC_DIR"].startswith(volume)
