// Records that somebody pastes become new rows of the references; the server reads them, and saving stays as it is.
"use strict";
{
  const texts = document.currentScript.dataset;
  const group = () => document.getElementById("references-group");

  function make(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function prepare() {
    // Whoever may not add rows has no blank form that they are copied from.
    if (!group()?.querySelector(".empty-form")) return;
    const text = make("textarea", { id: "id_record", rows: 4, spellcheck: false });
    const button = make("button", { type: "button", className: "button", textContent: texts.read });
    const answer = make("div", { className: "record-answer" });
    answer.setAttribute("role", "status");
    const label = make("label", { htmlFor: text.id, textContent: texts.label });
    const box = make("div", { className: "record-box" }, label, text, button, answer);
    group().querySelector("[name=references-TOTAL_FORMS]").before(box);
    button.addEventListener("click", () => read(text, answer));
  }

  async function read(text, answer) {
    answer.replaceChildren(make("p", { textContent: texts.reading }));
    const reply = await ask(text);
    const parts = [];
    if (reply.rows?.length) {
      for (const row of reply.rows) fill(row);
      parts.push(make("p", { textContent: texts.added.replace("%(added)s", reply.message) }));
    } else if (reply.message) {
      parts.push(make("p", { className: "is-problem", textContent: reply.message }));
    }
    for (const sentence of reply.problems ?? []) parts.push(make("p", { className: "is-problem", textContent: sentence }));
    for (const sentence of reply.duplicates ?? []) parts.push(make("p", { textContent: sentence }));
    answer.replaceChildren(...parts);
    // What could not be read stays to be mended, without what is in rows now.
    if (reply.rows && !reply.problems.length) text.value = "";
  }

  async function ask(text) {
    const form = text.form;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("record", text.value);
    for (const input of form.elements) {
      if (!/^references-\d+-(key|doi|pmid|DELETE)$/.test(input.name)) continue;
      if (input.type === "checkbox" ? input.checked : input.value) body.append(input.name, input.value);
    }
    try {
      const response = await fetch(texts.address, { method: "POST", body });
      return await response.json();
    } catch {
      return { message: texts.offline };
    }
  }

  /** Add a row as the button of the group does, and write into it as a person would. */
  function fill(row) {
    group().querySelector(".add-row a").click();
    const number = Number(group().querySelector("[name=references-TOTAL_FORMS]").value) - 1;
    for (const [name, value] of Object.entries(row)) {
      const field = document.getElementById(`id_references-${number}-${name}`);
      if (!field || value === null) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("DOMContentLoaded", prepare);
}
