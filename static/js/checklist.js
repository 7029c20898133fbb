// The checklist of the form: asks for it anew while somebody writes, and leads from each finding to its field. Without
// this script it is the list of what was saved, with plain links.
"use strict";
{
  const texts = document.currentScript.dataset;
  const PAUSE = 1200;
  let waiting, asking;

  const box = () => document.querySelector("form .checklist");

  /** The form as it stands; files that wait to be uploaded go as their names, and blank fields stay behind. */
  function contents(form) {
    const data = new FormData(form);
    for (const [name, value] of [...data]) {
      const text = value instanceof File ? value.name : value;
      if (text) data.set(name, text);
      else data.delete(name);
    }
    return data;
  }

  async function refresh() {
    asking?.abort();
    asking = new AbortController();
    try {
      const body = contents(box().closest("form"));
      const response = await fetch(texts.address, { method: "POST", body, signal: asking.signal });
      const answer = await response.text();
      const isSentence = response.headers.get("Content-Type")?.startsWith("text/plain");
      if (response.ok) show(answer);
      else say(isSentence ? answer : texts.offline);
    } catch (error) {
      if (error.name !== "AbortError") say(texts.offline);
    }
  }

  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const after = page.querySelector(".checklist-found");
    if (!after) return say(texts.offline);
    const before = box().querySelector(".checklist-found");
    const focused = before.contains(document.activeElement) && document.activeElement.getAttribute("href");
    before.replaceWith(after);
    if (focused) ([...after.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)
      ?? box().querySelector("summary")).focus();
    const count = box().querySelector(".checklist-summary");
    // Only a change of the numbers is said aloud.
    if (count.textContent !== after.dataset.summary) {
      say(texts.changed.replace("%(summary)s", after.dataset.summary));
    }
    count.textContent = after.dataset.summary;
    count.classList.remove("is-stale");
    return undefined;
  }

  function say(sentence) {
    const status = box().querySelector(".checklist-status");
    if (status.textContent !== sentence) status.textContent = sentence;
    // Sentences about the connection are to be seen as well; the numbers stand in the summary.
    status.classList.toggle("is-shown", !sentence.startsWith(texts.changed.split("%")[0]));
  }

  function refreshSoon() {
    if (!box()) return;
    clearTimeout(waiting);
    waiting = setTimeout(refresh, PAUSE);
  }

  /** Go to a field: open what hides it, and in a text choose the line. */
  function lead(field, line) {
    for (let part = field.closest("details:not([open])"); part; part = field.closest("details:not([open])")) part.open = true;
    if (!field.matches("input, select, textarea")) field.tabIndex = -1;
    field.focus({ preventScroll: true });
    const top = field.matches("textarea") && line ? chooseLine(field, line) : 0;
    const bar = box().getBoundingClientRect();
    const room = (window.innerHeight - Math.max(0, bar.bottom)) / 3;
    window.scrollBy({ top: field.getBoundingClientRect().top + top - Math.max(0, bar.bottom) - room });
  }

  /** Select a line of a text; return how far below the top of the field it is. */
  function chooseLine(field, line) {
    const lines = field.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    const mirror = field.cloneNode();
    mirror.removeAttribute("id");
    mirror.removeAttribute("name");
    mirror.className += " checklist-mirror";
    mirror.rows = 1;
    mirror.style.inlineSize = `${field.offsetWidth}px`;
    mirror.value = field.value.slice(0, start);
    field.after(mirror);
    const height = start ? mirror.scrollHeight : 0;
    mirror.remove();
    field.scrollTop = height - field.clientHeight / 3;
    return height - field.scrollTop;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("form .checklist-found a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    lead(field, Number(link.dataset.line));
  });

  for (const type of ["input", "change", "formset:added", "formset:removed"]) {
    document.addEventListener(type, ({ target }) => {
      if (target.closest?.("form") === box()?.closest("form")) refreshSoon();
    });
  }
  // The script of the rows numbers them once when the page opens, before this.
  window.addEventListener("load", () => document.addEventListener("rows:ordered", refreshSoon));
}
