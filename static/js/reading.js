// Marks in the tabs and in the contents list which part of the page the reader sees. Without it they are plain links.
(() => {
  const lists = [...document.querySelectorAll(".tabs, .contents")].map((list) =>
    [...list.querySelectorAll("a")]
      .map((link) => ({ link, part: document.getElementById(link.hash.slice(1)) }))
      .filter(({ part }) => part),
  );
  let waiting = false;

  // A long list scrolls inside itself; the mark is in its middle then.
  const keepInSight = (link) => {
    const list = link.closest(".contents");
    if (list) list.scrollTop = link.offsetTop - list.clientHeight / 2;
  };

  const mark = () => {
    waiting = false;
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const line = atEnd ? innerHeight : innerHeight / 3;
    for (const parts of lists) {
      const current = parts.findLast(({ part }) => {
        const { top, bottom } = part.getBoundingClientRect();
        return top <= line && bottom > 0;
      });
      for (const entry of parts) {
        if (entry !== current) entry.link.removeAttribute("aria-current");
        else if (!entry.link.hasAttribute("aria-current")) {
          entry.link.setAttribute("aria-current", "location");
          keepInSight(entry.link);
        }
      }
    }
  };

  const markSoon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };

  addEventListener("scroll", markSoon, { passive: true });
  addEventListener("resize", markSoon, { passive: true });
  mark();
})();
