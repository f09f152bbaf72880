// Dragging over the picture fills the four sides of the cover form, in hundredths; the form works without it too.
for (const form of document.querySelectorAll("[data-cover]")) {
  const picture = document.getElementById(form.dataset.cover);
  let start = null;
  const at = (event) => {
    const box = picture.getBoundingClientRect();
    const share = (value) => Math.min(100, Math.max(0, value * 100));
    return [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)];
  };
  picture.draggable = false;
  picture.addEventListener("pointerdown", (event) => {
    start = at(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointerup", (event) => {
    if (!start) return;
    const end = at(event);
    const sides = { left: 0, top: 1, right: 0, bottom: 1 };
    for (const [side, axis] of Object.entries(sides)) {
      const pick = side === "left" || side === "top" ? Math.min : Math.max;
      form.elements[side].value = pick(start[axis], end[axis]).toFixed(1);
    }
    start = null;
    form.querySelector("button").focus();
  });
}
