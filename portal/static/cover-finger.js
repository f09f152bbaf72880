// Draws boxes over a photograph with a finger; without this, squares over it are ticked.
const NS = "http://www.w3.org/2000/svg";
const SMALLEST = 15;
const area = document.querySelector("[data-cover-finger]");
const form = area.closest("form");
const svg = area.querySelector("svg");
let start = null;
let drawn = null;

function at(event) {
  const box = area.getBoundingClientRect();
  const share = (value) => Math.round(Math.min(1000, Math.max(0, value * 1000)));
  return [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)];
}

function sides(end) {
  return {
    x: Math.min(start[0], end[0]),
    y: Math.min(start[1], end[1]),
    width: Math.abs(start[0] - end[0]),
    height: Math.abs(start[1] - end[1]),
  };
}

area.querySelector(".cover-cells").hidden = true;
area.classList.add("cover--finger");
for (const words of document.querySelectorAll("[data-with-finger]")) words.textContent = words.dataset.withFinger;

area.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  area.setPointerCapture(event.pointerId);
  start = at(event);
  drawn = document.createElementNS(NS, "rect");
  svg.append(drawn);
});
area.addEventListener("pointermove", (event) => {
  if (!start) return;
  for (const [side, value] of Object.entries(sides(at(event)))) drawn.setAttribute(side, value);
});
area.addEventListener("pointerup", (event) => {
  if (!start) return;
  const box = sides(at(event));
  start = null;
  if (box.width < SMALLEST || box.height < SMALLEST) {
    drawn.remove();
    return;
  }
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = "box";
  kept.value = [box.x, box.y, box.x + box.width, box.y + box.height].join(",");
  form.append(kept);
});
area.addEventListener("pointercancel", () => {
  if (drawn && start) drawn.remove();
  start = null;
});
