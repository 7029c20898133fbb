// While somebody writes a review: what may stop it stands below the field, and help where the text speaks of danger.
"use strict";
{
  const PAUSE = 900;
  const NAMES = ["title", "body", "author_name", "reason_for_use", "form_taken"];
  const live = document.querySelector("[data-check]");
  const form = live.parentElement.querySelector("form.form");
  const status = live.querySelector("[role=status]");
  const help = live.querySelector(".check-help");
  const paused = live.querySelector(".check-paused");
  let waiting, asking, checked, written, pausedUntil = 0;

  const typed = () => new URLSearchParams(NAMES.map((name) => [name, form.elements[name].value]));

  async function check() {
    const body = typed();
    if (String(body) === checked) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const response = await fetch(live.dataset.check, { method: "POST", body, signal: asking.signal, credentials: "omit" });
      if (response.status === 429) pause((await response.json()).detail, Number(response.headers.get("Retry-After")));
      if (!response.ok) return;
      const answer = await response.json();
      checked = String(body);
      paused.hidden = true;
      show(answer);
    } catch {
      // Without a connection nothing is said here; the page between says it before the review is sent.
    }
  }

  /** Say below the field that checking pauses, and where help is, which nothing calls up meanwhile; it goes on by itself. */
  function pause(sentence, seconds) {
    pausedUntil = Date.now() + 1000 * seconds;
    paused.querySelector("p").textContent = sentence;
    paused.hidden = false;
    (written ?? form.elements.body).closest(".field").append(paused);
    say(sentence);
    checkSoon();
  }

  function show(answer) {
    for (const name of NAMES) showBelow(name, answer.advice.filter((one) => one.places.some((place) => place.field === name)));
    const begins = answer.crisis && help.hidden;
    if (begins) form.elements[answer.crisis_in[0]].closest(".field").append(help);
    help.hidden = !answer.crisis;
    const heading = begins ? `${help.querySelector("h2").textContent}. ` : "";
    const had = status.textContent !== "";
    // Nothing is said aloud while all is well from the start.
    if (answer.advice.length || had || begins) say(heading + (answer.advice.length || had ? answer.summary : ""));
  }

  function say(sentence) {
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  function showBelow(name, advice) {
    const field = form.elements[name];
    const id = `check-${name}`;
    let place = document.getElementById(id);
    if (!place) {
      if (!advice.length) return;
      place = document.createElement("ul");
      place.id = id;
      place.className = "check-found";
      field.after(place);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
    }
    place.hidden = !advice.length;
    place.replaceChildren(...advice.map((one) => line(one, name)));
  }

  function line(advice, name) {
    const item = document.createElement("li");
    const label = document.createElement("strong");
    label.textContent = `${advice.label}: `;
    item.append(label);
    const words = advice.places.filter((place) => place.field === name).map((place) => place.words).filter(Boolean);
    for (const [number, text] of words.slice(0, 3).entries()) {
      const quote = document.createElement("q");
      quote.dir = "auto";
      quote.textContent = text;
      item.append(number ? ", " : "", quote);
    }
    item.append(words.length ? ". " : "", advice.sentence);
    return item;
  }

  function checkSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(check, Math.max(PAUSE, pausedUntil - Date.now()));
  }

  form.addEventListener("input", ({ target }) => {
    if (!NAMES.includes(target.name)) return;
    written = target;
    checkSoon();
  });
  // Text that the browser brought back, or that came from the page between.
  if (NAMES.some((name) => form.elements[name].value)) checkSoon();
}
