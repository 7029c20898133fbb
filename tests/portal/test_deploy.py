"""The examples in portal/deploy/ fit each other, the settings and the commands, and their programs take them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from monographs.release import ROOMS
from portal.environment import EXAMPLES
from portal.management.commands.quickstart import server_command
from portal.paths import BASE_DIR
from portal.settings import env
from tests.portal.test_settings import start
from tests.stack.machines import unit_command
from tests.stack.nginx import Nginx, nginx_program

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


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_site_with_the_settings_of_the_example_starts(tmp_path, is_whole):
    text = (DEPLOY / "settings.env").read_text()
    if is_whole:
        text = re.sub(r"^# (?=[A-Z_]+=)", "", text, flags=re.MULTILINE)
    (tmp_path / "settings.env").write_text(text)
    result = start(tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(not nginx_program(), reason="needs nginx: apt-get install nginx-light")
def test_nginx_takes_its_configuration(tmp_path):
    is_right, told = Nginx(tmp_path / "nginx").check()
    assert is_right, told
    assert "[warn]" not in told


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
