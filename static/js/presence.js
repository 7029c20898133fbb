// Reports while the form of a monograph is open, and shows who else has it open and who saved it meanwhile.
"use strict";
{
  const EVERY = 20_000;

  function show(box, notices) {
    const shown = [...box.children].map((line) => line.textContent);
    if (JSON.stringify(shown) === JSON.stringify(notices)) return;
    box.replaceChildren(...notices.map((notice) => {
      const line = document.createElement("p");
      line.textContent = notice;
      return line;
    }));
  }

  async function report(box, form) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("opened", JSON.parse(form.elements.stamp.value || "{}").at ?? "");
    const options = { method: "POST", body: data, redirect: "manual" };
    const response = await fetch(box.dataset.address, options).catch(() => null);
    if (response?.ok) show(box, (await response.json()).notices);
    else document.dispatchEvent(new Event("login:ask"));
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector(".presence");
    if (box) setInterval(() => report(box, box.closest("form")), EVERY);
    document.querySelector(".conflict")?.focus();
  });
}
