// Text that was typed and not saved, offered back: put it into the form, compare it with what is there, or discard it.
"use strict";
{
  const texts = document.currentScript.dataset;
  const { differences, pieces, say, store } = window.drafts;

  function element(tag, className, text = "") {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function button(text, act) {
    const made = element("button", "button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function timeOf(draft) {
    const { lang } = document.documentElement;
    return new Date(draft.at).toLocaleString(lang || undefined, { dateStyle: "long", timeStyle: "short" });
  }

  function comparison(form, draft) {
    const box = element("div", "draft-comparison");
    box.append(element("p", "draft-key", texts.key));
    for (const { label, here, typed } of differences(form, draft)) {
      box.append(element("h3", "", label));
      if (!here && !typed) continue;
      const text = element("div", "change-text");
      for (const [kind, words] of pieces(here, typed)) text.append(kind === "same" ? words : element(kind, "", words));
      box.append(text);
    }
    return box;
  }

  /** Show one draft; `putBack` puts it into the form. */
  function offer(area, form, user, [name, draft], putBack) {
    const box = element("section", "draft-offer");
    const status = element("p", "");
    status.setAttribute("role", "status");
    status.tabIndex = -1;
    const buttons = element("p", "draft-buttons");
    const compare = button(texts.compare, () => {
      const shown = box.querySelector(".draft-comparison");
      if (shown) shown.remove();
      else box.append(comparison(form, draft));
      compare.setAttribute("aria-expanded", !shown);
    });
    compare.setAttribute("aria-expanded", false);
    const choices = [button(texts.back, restore), compare, button(texts.discard, discard)];

    function ask() {
      status.textContent = say(texts.offer, { time: timeOf(draft) });
      buttons.replaceChildren(...choices);
    }

    function close(sentence, ...more) {
      box.querySelector(".draft-comparison")?.remove();
      compare.setAttribute("aria-expanded", false);
      buttons.replaceChildren(...more);
      status.textContent = sentence;
    }

    function restore() {
      putBack(name, draft);
      close(texts.restored);
      status.focus();
    }

    function discard() {
      store.remove(name);
      const undo = button(texts.undo, () => {
        store.put(user, name, draft);
        ask();
        choices[0].focus();
      });
      close(texts.discarded, undo);
      undo.focus();
    }

    box.append(status, buttons);
    area.append(box);
    // Readers of the screen hear what is written into such a place, not what it brings along.
    ask();
  }

  Object.assign(window.drafts, { offer, element });
}
