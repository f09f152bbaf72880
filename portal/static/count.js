// Says under a text how long it is while it is typed. The server's own count decides.
function count(out) {
  const area = document.getElementById(out.dataset.count);
  const limit = Number(out.dataset.limit);
  const length = [...area.value.trim()].length;
  out.textContent = length > limit ? `${length} / ${limit} 字，多了 ${length - limit} 字` : `${length} / ${limit} 字`;
  out.classList.toggle("is-over", length > limit);
}

for (const out of document.querySelectorAll("[data-count]")) {
  out.setAttribute("aria-live", "polite");
  document.getElementById(out.dataset.count).addEventListener("input", () => count(out));
  count(out);
}
