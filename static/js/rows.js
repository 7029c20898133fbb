// Order in the admin's inline forms: "Move up" and "Move down" for each row; rows-drag.js adds dragging. What is saved
// is the number in each row's `position`; without this script people type it.
"use strict";
{
  const texts = document.currentScript.dataset;
  const POSITION = "input[name$=-position]";
  const words = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (all, name) => values[name]);

  const groups = () => [...document.querySelectorAll(".inline-group")].filter((group) => group.querySelector(POSITION));
  const groupOf = (element) => element.closest(".inline-group");
  const rowOf = (element) => element.closest("tr.form-row, .inline-related[id]");
  const rowsOf = (group) => [...group.querySelectorAll(POSITION)].map(rowOf).filter((row) => !row.matches(".empty-form"));
  const templateOf = (group) => group.querySelector(".empty-form");
  const positionOf = (row) => row.querySelector(POSITION);
  const indexOf = (row) => Number(row.id.split("-").pop());

  /** A row with the line of errors that Django puts above it in tables. */
  function withErrors(row) {
    const above = row.previousElementSibling;
    return above?.matches(".row-form-errors") ? [above, row] : [row];
  }

  function fieldsOf(row) {
    return [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((f) => !f.matches(POSITION));
  }

  /** The same field in the blank form that new rows are copied from. */
  function blank(field) {
    const name = field.name.replace(/-\d+-/, "-__prefix__-");
    return templateOf(groupOf(field))?.querySelector(`[name="${name}"]`);
  }

  /** A new row that nobody has written in. Django leaves it out when it saves, unless a number in it has changed. */
  function isUntouched(row) {
    return !row.matches(".has_original") && fieldsOf(row).every((field) => field.value === blank(field)?.value);
  }

  function nameOf(row, number) {
    const text = fieldsOf(row).find((field) => field.matches("[type=text]") && field.value.trim())?.value.trim();
    if (!text) return words(texts.nameless, { number });
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  }

  /** Put the rows into this order, above the blank form that Django adds rows in front of. */
  function arrange(group, order) {
    const template = templateOf(group);
    const end = template && withErrors(template)[0];
    for (const row of order) {
      for (const part of withErrors(row)) row.parentElement.insertBefore(part, end);
    }
  }

  /** Write the numbers and the names of the buttons anew. */
  function number(group) {
    const rows = rowsOf(group);
    rows.forEach((row, index) => {
      const position = positionOf(row);
      position.value = isUntouched(row) ? blank(position).value : index + 1;
      const name = nameOf(row, index + 1);
      const [up, down] = row.querySelectorAll(".row-move");
      up.setAttribute("aria-label", words(texts.upName, { row: name }));
      down.setAttribute("aria-label", words(texts.downName, { row: name }));
      // Not `disabled`, which would take the focus away from whoever has just reached the end.
      up.setAttribute("aria-disabled", index === 0);
      down.setAttribute("aria-disabled", index === rows.length - 1);
    });
    group.dispatchEvent(new CustomEvent("rows:ordered", { bubbles: true }));
  }

  function move(row, step) {
    const group = groupOf(row);
    const rows = rowsOf(group);
    const place = rows.indexOf(row) + step;
    // The neighbour goes to the other side, so that the row with the focus stays where it is in the document.
    if (step < 0) row.after(...withErrors(rows[place]));
    else withErrors(row)[0].before(...withErrors(rows[place]));
    number(group);
    group.querySelector(".rows-announcement").textContent =
      words(texts.moved, { row: nameOf(row, place + 1), number: place + 1, count: rows.length });
  }

  function addTools(row) {
    const tools = document.createElement("div");
    tools.className = "row-tools";
    const handle = document.createElement("span");
    handle.className = "row-handle";
    handle.title = texts.drag;
    handle.setAttribute("aria-hidden", "true");
    tools.append(handle, makeButton("↑", texts.up, -1), makeButton("↓", texts.down, 1));
    row.classList.add("ordered-row");
    const position = positionOf(row);
    if (row.matches("tr")) position.before(tools);
    else row.querySelector("h3").after(tools);
    (position.closest(".fieldBox, .form-row:not(tr)") ?? position).classList.add("row-position");
  }

  function makeButton(sign, title, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "row-move";
    button.title = title;
    button.dataset.step = step;
    button.textContent = sign;
    return button;
  }

  function prepare(group) {
    const announcement = document.createElement("p");
    announcement.className = "rows-announcement";
    announcement.setAttribute("role", "status");
    group.append(announcement);
    const rows = rowsOf(group);
    const template = templateOf(group);
    for (const row of template ? [...rows, template] : rows) addTools(row);
    // A form that came back with errors has its rows in the old order and the new numbers in them.
    const place = (row) => (isUntouched(row) ? Number.MAX_VALUE : Number(positionOf(row).value));
    arrange(group, rows.sort((one, other) => place(one) - place(other)));
    number(group);
  }

  document.addEventListener("DOMContentLoaded", () => groups().forEach(prepare));
  for (const type of ["formset:added", "input"]) {
    document.addEventListener(type, ({ target }) => {
      const group = groupOf(target);
      if (group?.querySelector(".row-tools")) number(group);
    });
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest(".row-move");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    move(rowOf(button), Number(button.dataset.step));
    if (button === document.activeElement) button.scrollIntoView({ block: "nearest" });
  });

  // Removing a new row makes Django number all forms as they stand in the document, and the saved ones must come
  // first: they go back to their own places for that moment.
  document.addEventListener("click", ({ target }) => {
    const group = target.closest(".inline-deletelink") && groupOf(target);
    if (!group?.querySelector(".row-tools")) return;
    const order = rowsOf(group);
    arrange(group, [...order].sort((one, other) => indexOf(one) - indexOf(other)));
    setTimeout(() => {
      arrange(group, order.filter((row) => row.isConnected));
      number(group);
    });
  }, true);
}
