// Never lose a word: what is typed into the form of a monograph is kept in this browser while it is typed, offered back
// when the form is opened again, and forgotten when it is saved.
"use strict";
{
  const texts = document.currentScript.dataset;
  const { store, open, read, write, differences, offer, element, findRow, now, isSame } = window.drafts;
  const EVERY = 400;
  const PATIENCE = 300;

  function start(area) {
    const form = area.closest("form");
    const { user } = area.dataset;
    const sent = form.elements.draft;
    // A form that the server refused comes back with the names of its drafts, and goes on with the last. Such a form
    // does not tell what is stored: all that is in it may have been typed.
    const isRefused = Boolean(sent.value);
    const names = isRefused ? sent.value.split(" ") : [store.newName()];
    let at = store.get(user, names.at(-1))?.at;
    let timer = null;
    open(form);

    function keep() {
      clearTimeout(timer);
      timer = null;
      const draft = read(form, isRefused);
      at ??= new Date().toISOString();
      const isEmpty = !draft.rows.length && !Object.keys(draft.order).length;
      if (isEmpty) store.remove(names.at(-1));
      const isKept = isEmpty || store.put(user, names.at(-1), { ...draft, at, stamp: form.elements.stamp.value });
      showTrouble(area, !isKept);
      // Some browsers put typed text into a page that is loaded again, over what others have saved since. It is
      // offered back here, with the stamp of the text that it was written on.
      if (isKept) form.autocomplete = "off";
      return isKept;
    }

    function typed() {
      at = new Date().toISOString();
      timer ??= setTimeout(keep, EVERY);
    }

    function flush() {
      if (timer) keep();
    }

    /** Put a draft into the form. What it would write over is kept as a draft of its own. */
    function putBack(name, draft) {
      const isInTheWay = read(form, isRefused).rows.some((mine) => draft.rows.some((kept) => mine.group === kept.group &&
        mine.id === kept.id && findRow(form, kept) && kept.changed.some((field) => mine.changed.includes(field) &&
          !isSame(mine.values[field], kept.values[field]))));
      if (isInTheWay && keep()) {
        const written = names.at(-1);
        names.splice(-1, 1, store.newName());
        offer(area, form, user, [written, store.get(user, written)], putBack);
      }
      write(form, draft);
      // The stamp says which text the draft was written on: the server compares with that.
      if (draft.stamp) form.elements.stamp.value = draft.stamp;
      at = draft.at;
      if (keep()) store.remove(name);
    }

    function send({ target, submitter }) {
      if (target !== form || submitter?.hasAttribute("formaction")) return;
      keep();
      sent.value = names.join(" ");
      // What is typed while the server saves is not in what it saves.
      names.push(store.newName());
    }

    for (const type of ["input", "change"]) form.addEventListener(type, typed);
    for (const type of ["rows:ordered", "formset:added", "formset:removed"]) document.addEventListener(type, typed);
    document.addEventListener("submit", send);
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("pagehide", flush);
    keep();
    askOtherTabs(names, (isOpenElsewhere) => {
      for (const [name, draft] of store.all(user)) {
        if (names.includes(name) || isOpenElsewhere(name)) continue;
        if (differences(form, draft).length) offer(area, form, user, [name, draft], putBack);
        else store.remove(name);
      }
      area.dataset.ready = "";
    });
  }

  /** Find out which drafts belong to tabs that are open: nobody needs those back. */
  function askOtherTabs(names, then) {
    const others = new Set();
    if ("BroadcastChannel" in window) {
      const channel = new BroadcastChannel("drafts");
      channel.addEventListener("message", ({ data }) => {
        if (data === "who") channel.postMessage(names);
        else for (const name of data) others.add(name);
      });
      channel.postMessage("who");
    }
    setTimeout(() => then((name) => others.has(name)), PATIENCE);
  }

  function showTrouble(area, isTrouble) {
    const note = area.querySelector(".draft-trouble");
    if (!isTrouble) note?.remove();
    if (!isTrouble || note) return;
    const made = element("p", "draft-trouble");
    made.setAttribute("role", "status");
    area.prepend(made);
    made.textContent = texts.trouble;
  }

  function forgetSaved() {
    const [, saved] = /^#saved-([0-9a-f-]+)$/.exec(location.hash) ?? [];
    if (!saved) return;
    saved.split("-").forEach(store.remove);
    history.replaceState(null, "", location.pathname + location.search);
  }

  document.addEventListener("DOMContentLoaded", () => {
    forgetSaved();
    store.forgetOld();
    const area = document.getElementById("drafts");
    // After the other scripts have put the rows into their order.
    if (area) setTimeout(() => start(area));
  });
}
