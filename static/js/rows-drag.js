// Dragging as an extra to the buttons of rows.js: a row that is dragged past another has its own button pressed.
"use strict";
{
  const press = (row, step) => row.querySelector(`.row-move[data-step="${step}"]`).click();

  function neighbour(row, step) {
    let next = row;
    do next = step < 0 ? next.previousElementSibling : next.nextElementSibling;
    while (next?.matches(".row-form-errors"));
    return next?.matches(".ordered-row:not(.empty-form)") ? next : null;
  }

  function middle(row) {
    const box = row.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  function drag(handle, pointer) {
    const row = handle.closest(".ordered-row");
    const group = row.closest(".inline-group");
    const stop = new AbortController();
    let moved = 0;

    const step = (way) => {
      press(row, way);
      moved += way;
    };
    // Tall rows shrink to their headings while one is moved past them; what is under the pointer stays there.
    const shrink = (isShrunk) => {
      const top = handle.getBoundingClientRect().top;
      group.classList.toggle("is-sorting", isShrunk);
      window.scrollBy({ top: handle.getBoundingClientRect().top - top, behavior: "instant" });
    };
    const end = () => {
      stop.abort();
      row.classList.remove("is-dragged");
      shrink(false);
    };
    const follow = ({ clientY }) => {
      const above = neighbour(row, -1);
      const below = neighbour(row, 1);
      if (above && clientY < middle(above)) step(-1);
      else if (below && clientY > middle(below)) step(1);
      if (clientY < 40) window.scrollBy(0, -20);
      else if (clientY > window.innerHeight - 40) window.scrollBy(0, 20);
    };
    const giveUp = (event) => {
      if (event.key !== "Escape") return;
      while (moved) step(-Math.sign(moved));
      end();
    };

    handle.setPointerCapture(pointer);
    row.classList.add("is-dragged");
    shrink(true);
    handle.addEventListener("pointermove", follow, { signal: stop.signal });
    handle.addEventListener("pointerup", end, { signal: stop.signal });
    handle.addEventListener("pointercancel", end, { signal: stop.signal });
    document.addEventListener("keydown", giveUp, { signal: stop.signal });
  }

  document.addEventListener("pointerdown", (event) => {
    if (!event.target.matches(".row-handle") || event.button !== 0) return;
    event.preventDefault();
    drag(event.target, event.pointerId);
  });
}
