() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`page is ${document.documentElement.scrollWidth} wide`);
  for (const el of document.querySelectorAll("body *")) {
    const box = el.getBoundingClientRect();
    if (box.width && box.right > width + 1 && !el.closest(".table-wrap, .seen-only-by-readers, .skip, svg"))
      found.push(`too wide: ${el.tagName}.${el.className} ${Math.round(box.right)}`);
    if (el.getAttribute("style")) found.push(`inline style: ${el.tagName}`);
  }
  if (document.documentElement.classList.contains("hand")) {
    for (const el of document.querySelectorAll("a, button, summary, select, textarea, .input, .choice, .unit, .tile-face, .check")) {
      const box = el.getBoundingClientRect();
      const inText = el.tagName === "A" && getComputedStyle(el).display === "inline";
      if (box.height && box.height < 48 && !inText && !el.closest(".skip")) found.push(`small target: ${el.className || el.tagName} ${Math.round(box.height)}`);
    }
  }
  for (const el of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!el.labels.length && !el.getAttribute("aria-label")) found.push(`no label: ${el.name}`);
  }
  for (const el of document.querySelectorAll("[aria-describedby]")) {
    for (const id of el.getAttribute("aria-describedby").split(" ")) if (!document.getElementById(id)) found.push(`describes nothing: ${id}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) found.push(`twice on the page: #${id}`);
  return found;
}
