"""What a writer does in the form of a monograph, and where to look."""

import io

from PIL import Image


def png():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def file(content, name="any.png"):
    return {"name": name, "mimeType": "image/png", "buffer": content}


def text_of(page, index=0):
    return page.locator(f"#id_sections-{index}-body")


def preview_of(page, index=0):
    return page.locator(f"#sections-{index} iframe").content_frame.locator(".section")


def posts_of(page, part):
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" and part in request.url else 0)
    return posts


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").first.click()
