// What somebody has typed into the form of a monograph, row by row: read from it, and written into it when it is opened
// again. The monograph itself counts as a row, of the group "". A value is the list of what a browser sends for it.
"use strict";
{
  const NO_TEXT = /^(csrfmiddlewaretoken|stamp|draft|opened_text|initial-.*)$|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|-position$/;
  const NO_FIELD = /^(submit|button|reset|image|file)$/;
  const hiddenAsOpened = new WeakMap();
  const orderAsOpened = new Map();

  const isBox = (input) => input.type === "checkbox" || input.type === "radio";
  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const lines = (text) => text.replace(/\r\n?/g, "\n");
  const now = (inputs) => values(inputs, (box) => box.checked, (option) => option.selected, (input) => input.value);

  /** What the server sent: pages that the browser restores by itself have other values at once. */
  function asOpened(inputs) {
    const found = values(inputs, (box) => box.defaultChecked, (option) => option.defaultSelected,
      (input) => (input.type === "hidden" ? hiddenAsOpened.get(input) ?? input.value : input.defaultValue));
    const [{ type, options }] = inputs;
    return type === "select-one" && !found.length && options.length ? [options[0].value] : found;
  }

  function values(inputs, isChecked, isSelected, valueOf) {
    const [first] = inputs;
    if (isBox(first)) return inputs.filter(isChecked).map((box) => box.value);
    if (first.options) return [...first.options].filter(isSelected).map((option) => option.value);
    return [lines(valueOf(first))];
  }

  /** The rows in the order in which they stand: {group, id, stem, fields}, with the inputs of each field. */
  function rowsOf(form) {
    const rows = new Map();
    for (const input of form.elements) {
      if (!input.name || NO_TEXT.test(input.name) || NO_FIELD.test(input.type)) continue;
      const [, group = "", index, name = input.name] = /^(\w+)-(\d+|__prefix__)-(\w+)$/.exec(input.name) ?? [];
      if (index === "__prefix__" || (group && input.type === "hidden")) continue;
      const stem = group && `${group}-${index}-`;
      if (!rows.has(stem)) rows.set(stem, { group, stem, id: form.elements[`${stem}id`]?.value ?? "", fields: {} });
      (rows.get(stem).fields[name] ??= []).push(input);
    }
    return [...rows.values()];
  }

  const isNew = (row) => Boolean(row.group) && !row.id;

  function isBlank(form, row) {
    return Object.entries(row.fields).every(([name, inputs]) => {
      const template = form.elements[`${row.group}-__prefix__-${name}`];
      return template && isSame(now(inputs), asOpened([template]));
    });
  }

  /** For each group the rows in order, by their ids; a new row with text has none. */
  function orderOf(form) {
    const order = {};
    for (const row of rowsOf(form)) {
      if (row.group && !(isNew(row) && isBlank(form, row))) (order[row.group] ??= []).push(row.id);
    }
    return order;
  }

  function open(form) {
    for (const input of form.elements) if (input.type === "hidden") hiddenAsOpened.set(input, input.value);
    for (const [group, ids] of Object.entries(orderOf(form))) orderAsOpened.set(group, ids);
  }

  /** What was changed since the form was opened; `isWhole` takes everything for changed. */
  function read(form, isWhole = false) {
    const rows = [];
    for (const row of rowsOf(form)) {
      const changed = Object.keys(row.fields).filter((name) =>
        isWhole || !isSame(now(row.fields[name]), asOpened(row.fields[name])));
      if (isNew(row) ? isBlank(form, row) : !changed.length) continue;
      const names = row.group ? Object.keys(row.fields) : changed;
      const kept = Object.fromEntries(names.map((name) => [name, now(row.fields[name])]));
      rows.push({ group: row.group, id: row.id, changed, values: kept });
    }
    const order = Object.fromEntries(Object.entries(orderOf(form)).filter(([group, ids]) =>
      isWhole || !isSame(ids, orderAsOpened.get(group) ?? [])));
    return { rows, order };
  }

  const findRow = (form, kept) =>
    rowsOf(form).find((row) => row.group === kept.group && row.id === kept.id && (row.id || !row.group));

  function addRow(form, group) {
    document.querySelector(`#${group}-group .add-row a`)?.click();
    const stem = `${group}-${Number(form.elements[`${group}-TOTAL_FORMS`].value) - 1}-`;
    return rowsOf(form).find((row) => row.stem === stem);
  }

  function set(inputs, kept) {
    for (const input of inputs) {
      if (isBox(input)) input.checked = kept.includes(input.value);
      else if (input.options) for (const option of input.options) option.selected = kept.includes(option.value);
      else input.value = kept[0] ?? "";
    }
    for (const type of ["input", "change"]) inputs[0].dispatchEvent(new Event(type, { bubbles: true }));
  }

  /** Put a draft into the form. A row that is there no more becomes a new one. */
  function write(form, draft) {
    const added = {};
    for (const kept of draft.rows) {
      const found = findRow(form, kept);
      const row = found ?? addRow(form, kept.group);
      if (!found) (added[kept.group] ??= []).push(row.stem);
      for (const name of found ? kept.changed : Object.keys(kept.values)) {
        if (row.fields[name]) set(row.fields[name], kept.values[name]);
      }
      row.fields[Object.keys(row.fields)[0]][0].closest("details")?.setAttribute("open", "");
    }
    for (const [group, ids] of Object.entries(draft.order)) {
      const stems = new Map(rowsOf(form).filter((row) => row.group === group).map((row) => [row.id, row.stem]));
      arrange(form, ids.map((id) => (id && stems.get(id)) || added[group]?.shift()).filter(Boolean));
    }
  }

  /** Bring rows into an order by their own buttons. */
  function arrange(form, stems) {
    const rowAt = (stem) => form.elements[`${stem}position`]?.closest(".ordered-row");
    const press = (row, step) => row.querySelector(`.row-move[data-step="${step}"]`).click();
    stems.map(rowAt).filter(Boolean).forEach((row, place, rows) => {
      const index = (one) => [...row.parentElement.querySelectorAll(":scope > .ordered-row")].indexOf(one);
      while (place && index(row) < index(rows[place - 1])) press(row, 1);
      while (index(row) > (place ? index(rows[place - 1]) + 1 : 0)) press(row, -1);
    });
  }

  window.drafts = { open, read, write, rowsOf, findRow, now, isSame, isBox };
}
