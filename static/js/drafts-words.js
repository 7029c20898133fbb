// How a draft differs from what the form has now, in words for people.
"use strict";
{
  const texts = document.currentScript.dataset;
  const { rowsOf, findRow, now, isSame, isBox } = window.drafts;
  const say = (sentence, words) => sentence.replace(/%\((\w+)\)s/g, (all, name) => words[name]);
  const tidy = (text) => text.replace(/\s+/g, " ").replace(/:\s*$/, "").trim();

  function nameOf(inputs) {
    const [input] = inputs;
    const row = input.closest(".fieldBox") ?? input.closest(".form-row");
    const own = inputs.length > 1 ? null : input.labels?.[0];
    const label = own ?? row?.querySelector("legend, label");
    return tidy(label?.textContent ?? input.name);
  }

  /** What people see of a value: the words beside the boxes that are ticked, or the text itself. */
  function wordsOf(inputs, value) {
    const [input] = inputs;
    const named = isBox(input) ? inputs.map((box) => [box.value, tidy(box.labels?.[0]?.textContent ?? box.value)])
      : input.options ? [...input.options].map((option) => [option.value, tidy(option.text)]) : [];
    const names = new Map(named);
    return value.map((one) => names.get(one) ?? one).join(", ");
  }

  const headingOf = (group) => tidy(document.getElementById(`${group}-heading`)?.textContent ?? group);

  /** The name of a row: its first line of text. */
  function titleOf(values, fields) {
    const names = Object.keys(values).filter((name) => fields?.[name]?.[0].matches("input[type=text]") ?? true);
    return names.map((name) => values[name][0]?.trim()).find(Boolean) ?? "";
  }

  /** Whether a row has this text already: a new row gets its id when it is saved. */
  function isThere(form, kept) {
    return rowsOf(form).some((row) => row.group === kept.group &&
      Object.entries(kept.values).every(([name, value]) => !row.fields[name] || isSame(now(row.fields[name]), value)));
  }

  function differencesOfRow(form, kept) {
    const row = findRow(form, kept);
    if (!row) return isThere(form, kept) ? [] : [newRow(form, kept)];
    const { group, fields } = row;
    const here = Object.fromEntries(Object.entries(fields).map(([name, inputs]) => [name, now(inputs)]));
    const names = kept.changed.filter((name) => fields[name] && !isSame(here[name], kept.values[name]));
    return names.map((name) => {
      const field = nameOf(fields[name]);
      const label = group ? say(texts.part, { group: headingOf(group), row: titleOf(here, fields), field }) : field;
      return { label, here: wordsOf(fields[name], here[name]), typed: wordsOf(fields[name], kept.values[name]) };
    });
  }

  function newRow(form, { group, values }) {
    const fields = rowsOf(form).find((row) => row.group === group)?.fields;
    const typed = Object.entries(values).filter(([, value]) => value.join("").trim());
    return {
      label: say(texts.added, { group: headingOf(group), row: titleOf(values, fields) }),
      here: "",
      typed: typed.map(([name, value]) => (fields?.[name] ? wordsOf(fields[name], value) : value.join(", "))).join("\n"),
    };
  }

  /** Every difference as {label, here, typed}; those of order have a label alone. */
  function differences(form, draft) {
    const order = Object.entries(draft.order).filter(([group, ids]) => {
      const here = rowsOf(form).filter((row) => row.group === group && row.id).map((row) => row.id);
      return !isSame(ids.filter((id) => here.includes(id)), here.filter((id) => ids.includes(id)));
    });
    return [
      ...draft.rows.flatMap((kept) => differencesOfRow(form, kept)),
      ...order.map(([group]) => ({ label: say(texts.order, { group: headingOf(group) }), here: "", typed: "" })),
    ];
  }

  /** The pieces that lead from one text to another, as [kind, words]: what both begin and end with is the same. */
  function pieces(here, typed) {
    const [old, young] = [here, typed].map((text) => text.match(/\s+|\S+/g) ?? []);
    const most = Math.min(old.length, young.length);
    let start = 0;
    while (start < most && old[start] === young[start]) start += 1;
    let end = 0;
    while (end < most - start && old.at(-1 - end) === young.at(-1 - end)) end += 1;
    const before = old.slice(0, start);
    const after = end ? old.slice(-end) : [];
    return [
      ["same", (before.length > 40 ? "… " : "") + before.slice(-40).join("")],
      ["del", old.slice(start, old.length - end).join("")],
      ["ins", young.slice(start, young.length - end).join("")],
      ["same", after.slice(0, 40).join("") + (after.length > 40 ? " …" : "")],
    ].filter(([, words]) => words);
  }

  Object.assign(window.drafts, { differences, pieces, say });
}
