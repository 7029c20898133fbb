// Choosing from the picture library: for the text of a section, and for the lead picture. One dialog serves both.
"use strict";
{
  const texts = document.currentScript.dataset;
  let dialog, found, status, search, onChoice, asked = 0;

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function build() {
    search = make("input", { type: "search", id: "library-search", autocomplete: "off" });
    found = make("div", { className: "picture-found" });
    status = make("p", { className: "picture-status" });
    status.setAttribute("role", "status");
    const close = make("button", { type: "button", className: "button", textContent: texts.close });
    close.addEventListener("click", () => dialog.close());
    const heading = make("h2", { id: "library-heading", textContent: texts.title });
    const label = make("label", { htmlFor: "library-search", textContent: texts.search });
    dialog = make("dialog", { className: "picture-dialog" },
      make("div", { className: "picture-head" }, heading, close),
      make("p", {}, label, search), status, found);
    dialog.setAttribute("aria-labelledby", "library-heading");
    let timer;
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => load(0), 250);
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    found.addEventListener("click", ({ target }) => {
      const more = target.closest(".picture-more");
      const choice = target.closest("button[data-key]");
      if (more) load(more.dataset.next);
      if (choice) {
        dialog.close();
        onChoice(choice);
      }
    });
    document.body.append(dialog);
  }

  async function load(after) {
    const number = (asked += 1);
    status.textContent = texts.loading;
    let html;
    try {
      const response = await fetch(`${texts.address}?${new URLSearchParams({ q: search.value, after })}`);
      html = response.ok ? await response.text() : "";
      if (number !== asked) return;
      status.textContent = response.ok ? "" : await response.text();
    } catch {
      if (number === asked) status.textContent = texts.offline;
      return;
    }
    found.querySelector(".picture-more")?.parentElement.remove();
    if (!Number(after)) found.replaceChildren();
    const shown = found.querySelectorAll("button[data-key]").length;
    found.insertAdjacentHTML("beforeend", html);
    // After “More” the keyboard goes on where the new ones begin.
    if (Number(after)) found.querySelectorAll("button[data-key]")[shown]?.focus();
  }

  function open(choose) {
    if (!dialog) build();
    onChoice = choose;
    search.value = "";
    found.replaceChildren();
    dialog.showModal();
    search.focus();
    load(0);
  }

  const openButton = () => make("button", { type: "button", className: "library-open", textContent: texts.open });

  function forText(box) {
    const button = openButton();
    const editor = box.querySelector(".markdownx-editor");
    button.addEventListener("click", () => open((choice) => {
      window.editorPictures.insert(editor, choice.dataset.code);
      window.editorPictures.say(editor, "status", texts.inserted);
    }));
    box.querySelector(".editor-tools")?.append(button);
  }

  function forLead(box) {
    const input = box.querySelector(".library-number input");
    const button = openButton();
    const said = make("p", { className: "picture-status" });
    said.setAttribute("role", "status");
    box.querySelector(".library-number").hidden = true;
    button.addEventListener("click", () => open((choice) => {
      input.value = choice.dataset.key;
      box.querySelector(".lead-now").replaceChildren(choice.querySelector("picture").cloneNode(true));
      fill("lead_picture_alt", choice.dataset.alt);
      fill("lead_picture_caption", choice.dataset.caption);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      said.textContent = texts.chosen;
      button.focus();
    }));
    box.querySelector(".lead-now").after(make("p", {}, button), said);

    // What stood there describes the picture before; what somebody typed since stays.
    function fill(name, words) {
      const field = input.form.elements[name];
      if (!field || (field.value.trim() && field.value !== field.defaultValue)) return;
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function prepare(root) {
    for (const box of root.querySelectorAll(".markdownx")) if (!box.querySelector(".library-open")) forText(box);
    for (const box of root.querySelectorAll(".lead-picture")) if (!box.querySelector(".library-open")) forLead(box);
  }

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("formset:added", (event) => prepare(event.target));
}
