// The Schedule button says what it will do: which edition, for which time, in the site's time zone at that time.
"use strict";

const field = document.getElementById("id_public_from");
const button = document.querySelector("button[name=schedule]");

if (field && button) {
  const plain = button.textContent;
  const language = document.documentElement.lang;

  const zoneOn = (date) =>
    new Intl.DateTimeFormat(language, { timeZone: button.dataset.zone, timeZoneName: "short" })
      .formatToParts(date)
      .find((part) => part.type === "timeZoneName").value;

  const say = () => {
    // What is typed is the site's time; taking it for UTC keeps the browser's own zone out of it.
    const date = new Date(`${field.value}Z`);
    if (Number.isNaN(date.getTime())) {
      button.textContent = plain;
      return;
    }
    const words = date.toLocaleString(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
    button.textContent = button.dataset.label.replace("%s", `${words} ${zoneOn(date)}`);
  };

  field.addEventListener("input", say);
  say();
}
