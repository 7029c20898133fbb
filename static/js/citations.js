// Shows a reference beside its citation while that is pointed at or focused, and after a tap, which would else throw the
// reader of a phone far down the page. Without this the citation is a plain link.
const card = document.createElement("div");
card.id = "citation-card";
card.className = "citation-card";
card.popover = "manual";

const show = (link) => {
  const reference = document.getElementById(link.hash.slice(1));
  if (!reference) return;
  hide();
  const number = document.createElement("b");
  number.textContent = link.textContent;
  card.replaceChildren(number, ...[...reference.children].map((child) => child.cloneNode(true)));
  link.after(card);
  link.setAttribute("aria-describedby", card.id);
  card.showPopover();
  place(link);
};

const place = (link) => {
  const { top, bottom, left } = link.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const edge = 8;
  const below = bottom + height < innerHeight;
  card.style.top = `${below ? bottom : top - height}px`;
  card.style.left = `${Math.max(edge, Math.min(left - 2 * edge, document.documentElement.clientWidth - width - edge))}px`;
};

let isTapped = false;
const described = () => document.querySelector("[aria-describedby=citation-card]");

const hide = () => {
  isTapped = false;
  if (!card.isConnected) return;
  described()?.removeAttribute("aria-describedby");
  card.remove();
};

if (card.showPopover) {
  let leaving;
  const linkOf = ({ target }) => target.closest?.(".cite > a");
  const keep = () => clearTimeout(leaving);
  // The pointer may travel from the citation to the card and stay there.
  const hideSoon = () => {
    keep();
    if (!isTapped) leaving = setTimeout(hide, 250);
  };
  card.addEventListener("pointerenter", keep);
  card.addEventListener("pointerleave", hideSoon);
  card.addEventListener("focusin", keep);
  card.addEventListener("focusout", hideSoon);
  for (const part of document.querySelectorAll(".article")) {
    part.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || !linkOf(event)) return;
      keep();
      show(linkOf(event));
    });
    part.addEventListener("pointerout", (event) => linkOf(event) && hideSoon());
    part.addEventListener("focusin", (event) => {
      if (!linkOf(event)?.matches(":focus-visible")) return;
      keep();
      show(linkOf(event));
    });
    part.addEventListener("click", (event) => {
      const link = linkOf(event);
      // The second tap follows the link.
      if (!link || event.pointerType !== "touch" || link.hasAttribute("aria-describedby")) return;
      event.preventDefault();
      show(link);
      isTapped = true;
    });
    part.addEventListener("focusout", (event) => linkOf(event) && hideSoon());
  }
  addEventListener("pointerdown", (event) => card.contains(event.target) || linkOf(event) || hide());
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // A citation that gets the focus is scrolled into view, and its card goes along.
  addEventListener("scroll", () => {
    const link = described();
    if (link && link === document.activeElement && !isTapped) place(link);
    else hide();
  }, { passive: true });
}
