// Pictures in the Markdown editor: a button, pasting and dropping. This script comes before django-markdownx's and
// sends the file in its place to the same address, because markdownx types "Invalid response" over the selected text
// when the server refuses a file or cannot be reached.
"use strict";
{
  const texts = document.currentScript.dataset;
  const EDITOR = ".markdownx-editor";
  const FORMATS = "image/png,image/jpeg,image/webp,image/avif,image/gif";

  async function send(editor, files) {
    for (const file of files) {
      say(editor, "status", texts.sending);
      const data = new FormData();
      data.append("csrfmiddlewaretoken", editor.form.elements.csrfmiddlewaretoken.value);
      data.append("image", file);
      let answer;
      try {
        const response = await fetch(editor.dataset.markdownxUploadUrlsPath, { method: "POST", body: data });
        answer = await response.json().catch(() => ({ message: texts.refused }));
      } catch {
        answer = { message: texts.offline };
      }
      if (answer.image_code) {
        insert(editor, answer.image_code);
        say(editor, "status", answer.image_code.startsWith("![]") ? texts.added : texts.known);
      } else {
        say(editor, "alert", answer.message);
        return;
      }
    }
  }

  /** Put the picture in a paragraph of its own, and the cursor where its description is missing, or behind it. */
  function insert(editor, code) {
    const before = editor.value.slice(0, editor.selectionStart);
    const after = editor.value.slice(editor.selectionEnd);
    const gap = (newlines) => "\n".repeat(Math.max(0, 2 - newlines.length));
    const lead = before.trim() ? gap(/\n*$/.exec(before)[0]) : "";
    const trail = after.trim() ? gap(/^\n*/.exec(after)[0]) : "";
    const cursor = before.length + lead.length + (code.startsWith("![]") ? 2 : code.length);
    editor.focus();
    // Unlike a new value, this can be undone with the browser's own Undo.
    if (!document.execCommand("insertText", false, lead + code + trail)) {
      editor.setRangeText(lead + code + trail);
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    }
    editor.setSelectionRange(cursor, cursor);
  }

  function say(editor, role, sentence) {
    const box = editor.closest(".markdownx");
    box.querySelector(".editor-message")?.remove();
    const message = document.createElement("p");
    message.className = `editor-message is-${role}`;
    message.setAttribute("role", role);
    box.querySelector(".editor-tools").append(message);
    // Readers of the screen hear what is written into such a place, not what it brings along.
    message.textContent = sentence;
  }

  function choose(editor) {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = FORMATS;
    input.multiple = true;
    input.addEventListener("change", () => send(editor, [...input.files]));
    input.click();
  }

  function prepare(root) {
    for (const editor of root.querySelectorAll(EDITOR)) {
      const box = editor.closest(".markdownx");
      if (box.querySelector(".editor-tools")) continue;
      const tools = document.createElement("div");
      tools.className = "editor-tools";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "editor-add-picture";
      button.textContent = texts.add;
      tools.append(button);
      box.prepend(tools);
    }
  }

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("formset:added", (event) => prepare(event.target));
  document.addEventListener("click", ({ target }) => {
    if (target.matches(".editor-add-picture")) choose(target.closest(".markdownx").querySelector(EDITOR));
  });

  document.addEventListener("paste", (event) => {
    if (!event.target.matches(EDITOR)) return;
    // Never markdownx's own: office programs put a picture of the text beside the text.
    event.stopPropagation();
    const { files, types } = event.clipboardData;
    if (files.length && !types.includes("text/plain")) {
      event.preventDefault();
      send(event.target, [...files]);
    }
  }, true);

  // markdownx forbids every drop on the page, dragged words and file fields included. A file dropped beside the text
  // still must not replace the page, and with it everything typed.
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      event.stopPropagation();
      if (!event.dataTransfer?.types.includes("Files") || event.target.matches?.("input[type=file]")) return;
      event.preventDefault();
      if (type === "drop" && event.target.matches?.(EDITOR)) send(event.target, [...event.dataTransfer.files]);
    }, true);
  }

  window.editorPictures = { insert, say };
}
