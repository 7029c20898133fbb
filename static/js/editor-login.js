// A login that expired while somebody was writing. Whoever logs in again in another tab comes back to a form that the
// server would refuse, since each login makes a new token: this fetches it, or says that a login is needed.
"use strict";
{
  const { address } = document.currentScript.dataset;

  async function ask() {
    const form = document.querySelector(".markdownx-editor")?.form;
    if (document.hidden || !form) return;
    const answer = await fetch(address).then((response) => response.json()).catch(() => ({}));
    const shown = form.querySelector(".login-needed");
    if (shown && answer.message === shown.textContent) return;
    shown?.remove();
    if (answer.token) {
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = answer.token;
    } else if (answer.message) {
      const note = document.createElement("p");
      note.className = "errornote login-needed";
      note.setAttribute("role", "alert");
      note.textContent = answer.message;
      form.prepend(note);
    }
  }

  document.addEventListener("visibilitychange", ask);
  document.addEventListener("login:ask", ask);
}
