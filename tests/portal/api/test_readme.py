"""The example in the README runs as it is printed there."""

import re
from pathlib import Path

import pytest

from tests.factories import make_published

README = Path(__file__).resolve().parents[3] / "README.md"


@pytest.mark.django_db(transaction=True)
def test_the_example_lists_every_monograph(live_server, settings, capsys):
    settings.SITE_URL = live_server.url
    for title in ("Aspirin", "Ketamine", "Zolpidem"):
        make_published(title=title)
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    example = example.replace("http://127.0.0.1:8000", live_server.url)
    assert example.count(live_server.url) == 1
    assert "limit=100" in example
    exec(compile(example.replace("limit=100", "limit=2"), str(README), "exec"), {})  # noqa: S102
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Aspirin", "Ketamine", "Zolpidem"]
