// Adds a Copy button below each text that can be selected as a whole. Without this script a click still selects it.
for (const box of document.querySelectorAll("[data-copy-label]")) {
  const status = document.createElement("p");
  status.className = "hidden-visually";
  status.setAttribute("role", "status");
  box.append(status);
  for (const text of box.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button cite-copy";
    button.id = `${text.dataset.copy}-copy`;
    button.textContent = box.dataset.copyLabel;
    button.setAttribute("aria-labelledby", `${button.id} ${text.dataset.copy}`);
    button.addEventListener("click", async () => {
      if (!(await copied(text))) return;
      button.textContent = box.dataset.copied;
      status.textContent = `${box.dataset.copied}: ${document.getElementById(text.dataset.copy).textContent}`;
      setTimeout(() => {
        button.textContent = box.dataset.copyLabel;
        status.textContent = "";
      }, 4000);
    });
    text.after(button);
  }
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return true;
  } catch {
    // Not a secure address, or refused: the text is selected, and the old way tried.
    getSelection().selectAllChildren(text);
    return document.execCommand("copy");
  }
}
