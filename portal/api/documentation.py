"""What the API can do, for people as a page and for programs as an OpenAPI document."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.api.api import api

BIG = 2**31 - 1
"""Greatest numbers from here on are those of databases and tell readers nothing."""


def openapi(request):
    """The OpenAPI 3.1 document."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"indent": 2})


def api_page(request):
    """The same as a page, without any script."""
    schema = api.get_openapi_schema()
    schemas = schema["components"]["schemas"]
    context = {
        "paragraphs": [with_code(each) for each in schema["info"]["description"].strip().split("\n\n")],
        "operations": [_operation(path, methods["get"]) for path, methods in schema["paths"].items()],
        "problems": [
            (status, with_code(schema["components"]["responses"][_name_in(response)]["description"]))
            for status, response in _of_a_monograph(schema)["responses"].items()
            if "$ref" in response
        ],
        "schemas": [_schema(name, each) for name, each in sorted(schemas.items()) if not name.startswith("Page_")],
    }
    return render(request, "portal/api_page.html", context)


def _of_a_monograph(schema):
    """Return an operation that has every response there is."""
    return next(methods["get"] for path, methods in schema["paths"].items() if path.endswith("/monographs/{slug}"))


def _operation(path, operation):
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return {
        "anchor": slugify(operation["operationId"]),
        "path": path,
        "has_place": "{" not in path and not any(each["required"] for each in operation["parameters"]),
        "summary": operation["summary"],
        "description": with_code(operation["description"]),
        "parameters": [
            (each["name"], words_for(each["schema"]), each["required"], with_code(each["description"]))
            for each in operation["parameters"]
        ],
        "answer": words_for(answer),
        "answer_anchor": _anchor(_item_in(answer)),
    }


def _schema(name, schema):
    required = schema.get("required", [])
    return {
        "anchor": _anchor(name),
        "name": name,
        "description": with_code(schema.get("description", "")),
        "members": [
            (each, words_for(member), each not in required, with_code(member.get("description", "")))
            for each, member in schema.get("properties", {}).items()
        ],
    }


def _anchor(name):
    return f"schema-{slugify(name)}"


def _name_in(schema):
    return schema["$ref"].rpartition("/")[2]


def _item_in(schema):
    """Return the name of what an answer consists of."""
    return _name_in(schema.get("items", schema)).removeprefix("Page_").removesuffix("_")


def with_code(text):
    """Return a text with what stands between backticks as code."""
    parts = text.split("`")
    shown = (format_html("<code>{}</code>", part) if place % 2 else part for place, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in shown))


def words_for(schema):
    """Return what a value may be, in words; names of schemas are as the page lists them."""
    if "$ref" in schema:
        is_page = _name_in(schema).startswith("Page_")
        return _("a page of %(name)s") % {"name": _item_in(schema)} if is_page else _name_in(schema)
    if "anyOf" in schema:
        return _(" or ").join(words_for(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return _("list of %(items)s") % {"items": words_for(schema["items"])}
    if kind == "object":
        return _("names with %(values)s") % {"values": words_for(schema["additionalProperties"])}
    return _plain_words(kind, schema)


def _plain_words(kind, schema):
    if kind == "string" and "maxLength" in schema:
        most = schema["maxLength"]
        return ngettext("text of at most %(most)d character", "text of at most %(most)d characters", most) % {
            "most": most
        }
    if kind == "integer" and schema.get("maximum", BIG) < BIG:
        return _("number from %(least)d to %(most)d") % {"least": schema["minimum"], "most": schema["maximum"]}
    names = {
        "string": {"date": _("day"), "date-time": _("time"), "uri": _("address")}.get(schema.get("format"), _("text")),
        "integer": _("number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "null": _("null"),
    }
    return names[kind]
