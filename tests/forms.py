"""What a browser sends."""

import re
from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Reads from a page what a browser would send if its form were sent unchanged."""

    def __init__(self, page):
        super().__init__()
        self.data, self.text, self.select = {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag == "textarea" and "__prefix__" not in name:
            self.text, self.data[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given and "__prefix__" not in self.select:
            self.data[self.select] = given["value"]
        elif tag == "input" and name and "__prefix__" not in name and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio"):
                self.data[name] = given.get("value", "")
            elif "checked" in given:
                self.data.setdefault(name, []).append(given.get("value", "on"))

    def handle_data(self, data):
        if self.text:
            self.data[self.text] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text:
            # A browser leaves out the line end that Django puts before the text, and sends others as CRLF.
            self.data[self.text] = (
                re.sub(r"^\r?\n", "", self.data[self.text]).replace("\r\n", "\n").replace("\n", "\r\n")
            )
            self.text = None
