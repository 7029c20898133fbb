"""{% once %}…{% endonce %} around a part of a page that is the same on every page: each process makes it once.

Nothing in it may depend on the page, the request or the database. What it may depend on is what the key is made of.
"""

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


@register.tag
def once(parser, token):
    nodes = parser.parse(["endonce"])
    parser.delete_first_token()
    return Once(nodes)


class Once(template.Node):
    """The node of {% once %}, which belongs to a compiled template and lives as long as it."""

    def __init__(self, nodelist):
        self.nodelist = nodelist
        self._html = {}

    def render(self, context):
        key = get_language(), get_script_prefix(), settings.SITE_COUNTRY
        if key not in self._html:
            self._html[key] = self.nodelist.render(context.new())
        return self._html[key]
