// Passages that a moderator marks for the author by selecting text. Places count characters, as the server does.
"use strict";
{
  const list = () => document.querySelector(".desk-marked");
  const long = (text) => [...text].length;

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const ancestor = range.commonAncestorContainer;
    const field = (ancestor.nodeType === Node.ELEMENT_NODE ? ancestor : ancestor.parentElement).closest("[data-where]");
    if (!field) return null;
    const before = document.createRange();
    before.setStart(field, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const start = long(before.toString()) + long(words) - long(words.trimStart());
    const passage = words.trim();
    return passage && `${field.dataset.where}:${start}:${start + long(passage)}`;
  }

  function passage(value) {
    const [where, start, end] = value.split(":");
    return [...document.querySelector(`[data-where="${where}"]`).textContent].slice(start, end).join("");
  }

  function row(value) {
    const item = document.createElement("li");
    const words = document.createElement("q");
    words.textContent = passage(value);
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "mark", value });
    mark.setAttribute("form", "desk-no");
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "desk-button" });
    remove.textContent = list().dataset.remove;
    remove.addEventListener("click", () => {
      item.remove();
      document.querySelector("[data-key=h]").focus();
    });
    item.append(words, mark, remove);
    return item;
  }

  function add() {
    const live = document.querySelector(".desk-live");
    const value = selected();
    const { added, empty } = list().dataset;
    live.textContent = value ? `${added} ${passage(value)}` : empty;
    if (value && !list().querySelector(`[value="${value}"]`)) list().append(row(value));
  }

  // Pressing the button must not take the selection away.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#desk [data-key=h]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#desk [data-key=h]")) add();
  });

  function begin() {
    for (const item of list()?.querySelectorAll("[data-value]") ?? []) item.replaceWith(row(item.dataset.value));
  }

  document.addEventListener("desk:shown", begin);
  begin();
}
