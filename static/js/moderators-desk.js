// Fills the desk anew without loading the page: what a form or link answers is the same page that plain HTML would show.
"use strict";
{
  const BEAT = 60_000;
  const live = document.querySelector(".desk-live");
  const desk = () => document.querySelector("#desk");
  let isBusy = false;
  let isUsed = false;
  let clock = null;

  function say(text, isTrouble = false) {
    live.classList.toggle("is-trouble", isTrouble);
    live.textContent = text;
  }

  async function go(address, options = {}, isNew = true) {
    if (isBusy) return;
    isBusy = true;
    try {
      const response = await fetch(address, options);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("#desk");
      if (fresh) show(page, fresh, isNew && (response.redirected || !options.method) ? response.url : null);
      else if (response.redirected) location.assign(response.url);
      else say(live.dataset.offline, true);
    } catch {
      say(live.dataset.offline, true);
    } finally {
      isBusy = false;
    }
  }

  function show(page, fresh, address) {
    if (address) history.pushState({}, "", address);
    document.title = page.title;
    document.querySelector(".breadcrumbs").replaceWith(document.adoptNode(page.querySelector(".breadcrumbs")));
    desk().replaceWith(document.adoptNode(fresh));
    document.dispatchEvent(new Event("desk:shown"));
    scrollTo(0, 0);
    begin();
    fresh.querySelector("[data-focus]")?.focus({ preventScroll: true });
    say([...fresh.querySelectorAll("[data-announce]")].map((element) => element.textContent.trim()).join(" "));
  }

  function begin() {
    const current = document.querySelector(".desk-queue [aria-current]");
    if (current) current.closest(".desk-queue").scrollTop = current.offsetTop - 120;
    clearInterval(clock);
    const undo = document.querySelector("#desk-undo");
    if (!undo) return;
    const end = performance.now() + 1000 * undo.dataset.seconds;
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      undo.querySelector(".desk-time").textContent = `${left} s`;
      if (left > 0) return;
      clearInterval(clock);
      if (undo.contains(document.activeElement)) document.querySelector("[data-focus]")?.focus();
      undo.remove();
    };
    clock = setInterval(tick, 250);
    tick();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("#desk") || form.method !== "post") return;
    event.preventDefault();
    go(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#desk a[href]");
    const isPlain = !link || "plain" in link.dataset || link.getAttribute("href").startsWith("#");
    if (isPlain || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.href);
  });

  document.addEventListener("click", (event) => {
    const tick = event.target.closest("#desk [data-tick]")?.dataset.tick;
    if (tick) for (const box of document.querySelectorAll("#desk [name=review]")) box.checked = tick === "all";
  });

  addEventListener("popstate", () => go(location.href, {}, false));

  // The card stays held while the page is used, and expires by itself when nobody does.
  async function beat() {
    const section = document.querySelector("[data-hold]");
    if (!section || !isUsed || document.hidden) return;
    isUsed = false;
    const token = section.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, seen: section.dataset.seen });
    const response = await fetch(section.dataset.hold, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (!response?.ok) return;
    const { notice } = await response.json();
    const box = section.querySelector("[data-notice]");
    if (box.textContent !== notice) say(notice);
    box.textContent = notice;
    box.hidden = !notice;
  }

  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    document.addEventListener(kind, () => { isUsed = true; }, { passive: true });
  }
  setInterval(beat, BEAT);
  begin();
}
