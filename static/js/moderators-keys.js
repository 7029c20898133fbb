// Single keys for the moderators' desk. Each presses the button or link that shows it, so that nothing has only a key.
"use strict";
{
  const REST = 400; // A new review must be on the screen this long before a key decides it.
  const SWITCH = "desk-keys";
  const find = (selector) => document.querySelector(selector);
  const refusal = () => find("#desk-refusal");
  let shownAt = performance.now();
  let writesFirst = false;
  let prefilled = "";

  function writeFirst(isFirst) {
    writesFirst = isFirst;
    const hint = find("[data-writes-first]");
    if (hint) hint.hidden = !isFirst;
  }

  const isOn = () => localStorage.getItem(SWITCH) !== "off";

  function isTyping(target) {
    const field = target.closest("input, textarea, select, [contenteditable]");
    return field && !["radio", "checkbox", "button", "submit"].includes(field.type);
  }

  // The message that goes with a reason, unless something else was typed. An answer to an appeal is always typed.
  function prefill(label) {
    const message = find("#desk-no textarea");
    if (message.required || (message.value && message.value !== prefilled)) return;
    message.value = prefilled = label.dataset.message;
  }

  function open() {
    const box = refusal();
    const [answer, message] = ["#desk-yes textarea", "#desk-no textarea"].map(find);
    if (answer && !message.value) message.value = answer.value;
    box.open = true;
    find("#desk-no input[type=radio]").focus();
    box.scrollIntoView({ block: "nearest" });
  }

  function close() {
    refusal().open = false;
    writeFirst(false);
    refusal().querySelector("summary").focus();
  }

  function choose(label) {
    const radio = document.getElementById(label.htmlFor);
    const message = find("#desk-no textarea");
    radio.checked = true;
    if (writesFirst || (message.required && !message.value.trim())) {
      prefill(label);
      message.focus();
    } else {
      if (message.value === prefilled) message.value = "";
      radio.form.requestSubmit();
    }
  }

  function press(control) {
    const message = control.form?.querySelector("textarea[required]");
    if (message && !message.value.trim()) message.focus();
    else control.click();
  }

  function inRefusal(key) {
    const label = find(`#desk-no label[data-key="${key}"]`);
    if (key === "Escape" || key === "r") close();
    else if (key === "m" || key === "h") press(find(`#desk [data-key="${key}"]`));
    else if (label && performance.now() - shownAt > REST) choose(label);
    else return false;
    return true;
  }

  function outside(key) {
    if (key === "r" && refusal()) open();
    else if (key === "m" && refusal()) { open(); writeFirst(true); }
    else if (key === "a" && performance.now() - shownAt < REST) return true;
    else {
      const control = /^[a-z?]$/.test(key) && find(`#desk [data-key="${key}"]`);
      if (!control) return false;
      press(control);
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.body.classList.add("is-dismissed");
    const hasModifier = event.ctrlKey || event.altKey || event.metaKey || (event.shiftKey && event.key !== "?");
    if (!find("#desk") || hasModifier || event.isComposing || document.querySelector("dialog[open]")) return;
    const isOpen = refusal()?.open;
    if (event.key === "Escape" && isOpen) { close(); return; }
    if (!isOn() || event.repeat || isTyping(event.target)) return;
    if (isOpen ? inRefusal(event.key) : outside(event.key)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const control = event.target.closest("#desk [data-key], #desk [data-close]");
    if (!control) return;
    if (control.dataset.key === "r") { event.preventDefault(); if (refusal().open) close(); else open(); }
    if (control.dataset.key === "m") { writeFirst(true); find("#desk-no textarea").focus(); prefillChosen(); }
    if (control.dataset.key === "?") find("#desk-help").showModal();
    if ("close" in control.dataset) close();
  });

  function prefillChosen() {
    const radio = find("#desk-no input[type=radio]:checked");
    if (radio) prefill(radio.labels[0]);
    else find("#desk-no input[type=radio]").focus();
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("#desk-no input[type=radio]")) prefillChosen();
    if (event.target.id === "desk-keys") localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
  });

  for (const kind of ["pointermove", "focusin"]) {
    document.addEventListener(kind, () => document.body.classList.remove("is-dismissed"));
  }

  function begin() {
    shownAt = performance.now();
    writeFirst(false);
    prefilled = "";
    const box = find("#desk-keys");
    if (box) box.checked = isOn();
    for (const element of document.querySelectorAll("#desk [data-scripted]")) element.hidden = false;
  }

  document.addEventListener("desk:shown", begin);
  begin();
}
