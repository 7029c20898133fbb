// Suggests names while somebody types into the search field: the pattern "editable combobox with list autocomplete" of
// the ARIA Authoring Practices. Without it the field is a plain form.
(() => {
  const form = document.querySelector("form.search[data-suggest]");
  if (!form) return;
  const field = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  let addresses = [];
  let active = -1;
  let waiting;
  let asking;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) field.setAttribute(name, value);

  const mark = (place) => {
    active = place;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    if (place < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (isShown) => {
    list.hidden = !isShown;
    field.setAttribute("aria-expanded", String(isShown));
    if (!isShown) mark(-1);
  };

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    show(false);
  };

  const optionOf = (name, note, place) => {
    const option = document.createElement("li");
    option.id = `suggestion-${place}`;
    option.setAttribute("role", "option");
    option.append(name);
    if (note) {
      const belonging = document.createElement("span");
      belonging.append(note);
      option.append(" ", belonging);
    }
    return option;
  };

  const ask = async () => {
    asking?.abort();
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (!answer.ok) return close();
      const [, names, notes, places] = await answer.json();
      addresses = places;
      list.replaceChildren(...names.map((name, place) => optionOf(name, notes[place], place)));
      mark(-1);
      show(names.length > 0);
    } catch {
      // Left off because more was typed, or the network is away: the form still works.
    }
  };

  // The page is on this host, whatever name the site has for others.
  const go = (place) => location.assign(new URL(addresses[place]).pathname);

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      // From the field to the first, from the last to the field, and back.
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(active);
    }
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go([...list.children].indexOf(option));
  });
})();
