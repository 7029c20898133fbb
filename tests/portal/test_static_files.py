"""Static files as they are served: one style sheet a page, whatever the number of files it is written in."""

import re
import shutil

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from portal.paths import BASE_DIR
from portal.static_files import BUNDLES

SITE_STYLES = BASE_DIR / "static" / "css" / "site.css"

PRODUCTION = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.StaticFiles"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory, ready_site):
    """Each bundle's file, after static files were collected twice into one folder, as at an upgrade."""
    folder = shutil.copytree(ready_site.data_dir / "static", tmp_path_factory.mktemp("static") / "static")
    with override_settings(STATIC_ROOT=folder, STORAGES=PRODUCTION):
        call_command("collectstatic", verbosity=0, interactive=False)
        return {name: folder / staticfiles_storage.stored_name(name) for name in BUNDLES}


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_holds_the_rules_of_every_file_that_it_imports(collected, name):
    bundle = collected[name].read_text()
    source = BASE_DIR / "static" / name
    parts = re.findall(r'import "(?:\./)?([\w-]+\.\w+)"', source.read_text())
    assert len(parts) > 3
    for part in parts:
        text = source.with_name(part).read_text()
        for line in re.findall(r"^(?:\.[\w-]+ \{|const .*)", text, flags=re.MULTILINE):
            assert (line.replace(" {", "{") if name.endswith(".css") else line) in bundle
    assert bundle.count("{") == bundle.count("}")
    assert "import " not in bundle
    assert ("@media print{" in bundle) == name.endswith(".css")


def test_styles_lose_only_the_space_that_means_nothing(collected):
    text = collected["css/monograph.css"].read_text()
    for meaning in ('content:": "', "calc(100vh - 6rem)", "figure>:is(picture,.whole)", ".article :is(th,td)"):
        assert meaning in text
    assert "\n" not in text


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_kept_compressed_under_a_name_made_of_its_content(collected, name):
    assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.(css|js)", collected[name].name)
    assert collected[name].with_name(f"{collected[name].name}.br").exists()


PHYSICAL = re.compile(
    r"(?:^|[\s{;])(?:(?:(?:margin|padding|border)-)?(?:left|right):|(?:text-align|float): (?:left|right))"
)


@pytest.mark.parametrize("name", re.findall(r'"([\w-]+)\.css"', SITE_STYLES.read_text()))
def test_no_public_style_knows_left_from_right_so_that_pages_read_from_either_side(name):
    assert not PHYSICAL.findall(SITE_STYLES.with_name(f"{name}.css").read_text())
