// The Markdown editor's manners. This script comes before django-markdownx's, which goes on making the live preview:
// it decides when markdownx starts, tells it where on the page the text stands, keeps its keys from doing harm,
// and shows the preview in a frame that looks like the published page.
"use strict";
{
  const texts = document.currentScript.dataset;
  const EDITOR = ".markdownx-editor";
  let startMarkdownx = () => {};

  // markdownx hands its start function to a global that it makes itself. Keeping the function lets each editor start
  // when it is first used, rows added later included; left alone, it would post a preview for all of them at once.
  Object.defineProperty(window, "docReady", {
    get: () => (start) => { startMarkdownx = start; },
    set() {},
  });

  const boxOf = (editor) => editor.closest(".markdownx");
  const started = () => document.querySelectorAll(`${EDITOR}[data-started]`);

  /** The rows of a formset in the order of their positions, as the form stands now. */
  function rows(form, prefix) {
    const position = new RegExp(`^${prefix}-\\d+-position$`);
    return [...form.elements]
      .filter((input) => position.test(input.name))
      .map((input) => {
        const stem = input.name.slice(0, -"position".length);
        return { stem, position: Number(input.value), value: (name) => form.elements[stem + name]?.value.trim() ?? "",
          isRemoved: Boolean(form.elements[`${stem}DELETE`]?.checked) };
      })
      .filter((row) => !row.isRemoved)
      .sort((one, other) => one.position - other.position);
  }

  /** Tell markdownx, through the address it posts to, which section this is and which references there are. */
  function setContext(editor) {
    const address = editor.dataset.markdownxUrlsPath.split("?")[0];
    const query = new URLSearchParams();
    const own = editor.name.replace(/[^-]+$/, "");
    for (const row of rows(editor.form, own.split("-")[0])) {
      const kind = row.value("kind");
      if (row.stem === own || row.value("heading") || row.value("body")) {
        query.append("section", `${kind}:${kind === "other" ? row.value("heading") : ""}`);
      }
      if (row.stem === own) break;
    }
    // A line for each reference keeps the numbers; its key is only needed where the text has it.
    const keys = rows(editor.form, "references").map((row) => row.value("key")).filter(Boolean);
    query.set("references", keys.map((key) => (editor.value.includes(`@${key}`) ? key : "")).join("\n"));
    editor.dataset.markdownxUrlsPath = `${address}?${query}`;
  }

  function start(editor) {
    if ("started" in editor.dataset) return;
    editor.dataset.started = "";
    makeFrame(boxOf(editor));
    setContext(editor);
    editor.removeAttribute("data-markdownx-init");
    startMarkdownx();
  }

  function makeFrame(box) {
    const frame = document.createElement("iframe");
    frame.className = "editor-frame";
    frame.title = texts.preview;
    frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    const styles = [texts.stylesBase, texts.stylesArticle, texts.stylesRare, texts.stylesFrame]
      .map((address) => `<link rel="stylesheet" href="${address}">`).join("");
    frame.srcdoc = `<!doctype html><html lang="${document.documentElement.lang}"><head><base target="_blank">${styles}` +
      "</head><body><article class=\"article\"><section class=\"section\"></section></article></body></html>";
    frame.hidden = true;
    let html = "";
    const fill = () => {
      const section = frame.contentDocument?.querySelector(".section");
      if (section) section.innerHTML = html;
      fit(frame);
    };
    // Moving a row in the page loads its frame anew.
    frame.addEventListener("load", () => {
      frame.contentDocument.addEventListener("click", (event) => {
        if (event.target.closest("a[href^='#']")) event.preventDefault();
      });
      new ResizeObserver(() => fit(frame)).observe(frame.contentDocument.body);
      fill();
    });
    const show = (content) => {
      html = content;
      const button = box.querySelector(".editor-show");
      const hadFocus = button && button === document.activeElement;
      button?.remove();
      box.querySelector(".markdownx-preview").replaceChildren();
      frame.hidden = false;
      if (hadFocus) frame.focus();
      fill();
    };
    // An answer that is a page of its own is no preview: a proxy or a refusal of the whole request.
    box.addEventListener("markdownx.update", ({ detail: [answer] }) => {
      show(/^\s*<(!doctype|html)/i.test(answer) ? mistake(texts.refused) : answer);
    });
    box.addEventListener("markdownx.updateError", () => show(mistake(texts.offline)));
    box.querySelector(".editor-pane").append(frame);
  }

  function fit(frame) {
    const body = frame.contentDocument?.body;
    if (body) frame.style.height = `${Math.ceil(body.getBoundingClientRect().height)}px`;
  }

  function mistake(sentence) {
    const span = document.createElement("span");
    span.className = "mistake";
    span.textContent = sentence;
    return `<p>${span.outerHTML}</p>`;
  }

  function prepare(root) {
    for (const editor of root.querySelectorAll(EDITOR)) {
      const box = boxOf(editor);
      if (box.querySelector(".editor-pane")) continue;
      box.querySelector(".markdownx-preview").hidden = true;
      const pane = document.createElement("div");
      pane.className = "editor-pane";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "editor-show";
      button.textContent = texts.showPreview;
      pane.append(button);
      box.append(pane);
    }
  }

  /** Let markdownx post anew where what it would post has changed. */
  function refresh(editors) {
    for (const editor of editors) {
      const before = editor.dataset.markdownxUrlsPath;
      setContext(editor);
      if (editor.dataset.markdownxUrlsPath !== before) editor.dispatchEvent(new Event("input"));
    }
  }

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("formset:added", (event) => prepare(event.target));
  document.addEventListener("focusin", ({ target }) => { if (target.matches(EDITOR)) start(target); });
  document.addEventListener("click", ({ target }) => {
    if (target.matches(".editor-show")) start(boxOf(target).querySelector(EDITOR));
  });

  document.addEventListener("input", ({ target }) => {
    if (target.matches(EDITOR)) setContext(target);
    else if (/^(sections|references)-\d+-/.test(target.name ?? "")) refresh(started());
  }, true);
  document.addEventListener("rows:ordered", () => refresh(started()));
  document.addEventListener("formset:removed", () => setTimeout(() => refresh(started())));

  // markdownx takes Tab for itself, and changes a wrong line with the others. The browser's own meaning stays.
  document.addEventListener("keydown", (event) => {
    const isCommand = (event.ctrlKey || event.metaKey) && ["d", "[", "]"].includes(event.key);
    if (event.target.matches(EDITOR) && (event.key === "Tab" || isCommand)) event.stopPropagation();
  }, true);
}
