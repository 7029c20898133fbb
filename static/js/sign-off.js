// Asks before the page is left while something is typed that was not sent.
"use strict";

const form = document.querySelector("form.sign-off");

if (form) {
  let isSending = false;
  const isRefused = document.querySelector(".error-summary") !== null;
  const fields = [...form.querySelectorAll("input, textarea")];
  const isTyped = () => fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);

  form.addEventListener("submit", () => { isSending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && (isRefused || isTyped())) event.preventDefault();
  });
}
