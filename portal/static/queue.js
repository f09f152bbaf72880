// Keyboard for tables: j k move, x picks, Enter or o opens, / searches, ? lists the keys.
// Any other key belongs to the element that names it: data-key="e", with its words in data-key-label or its text.
const table = document.querySelector("table[data-queue]");
const MOVES = [["j / k", "下一行 / 上一行"], ["x", "选中或取消"], ["Enter", "打开"], ["/", "到搜索框"], ["?", "显示这张表"]];

function rows() {
  return table ? [...table.tBodies[0].rows].filter((row) => row.querySelector("[data-pick], [data-open]")) : [];
}

function current() {
  return table ? table.querySelector("tr.is-current") : null;
}

function moveTo(row) {
  const before = current();
  if (before) before.classList.remove("is-current");
  row.classList.add("is-current");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  moveTo(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function picks() {
  return table ? [...table.querySelectorAll("[data-pick]")] : [];
}

function count() {
  const all = picks();
  const chosen = all.filter((box) => box.checked).length;
  const every = table.querySelector("[data-pick-all]");
  if (every) {
    every.checked = chosen > 0 && chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
  }
  for (const out of document.querySelectorAll("[data-picked]")) out.textContent = String(chosen);
  for (const bar of document.querySelectorAll("[data-when-picked]")) bar.hidden = chosen === 0;
}

function pickCurrent() {
  const row = current();
  const box = row && row.querySelector("[data-pick]");
  if (!box) return;
  box.checked = !box.checked;
  count();
}

function open() {
  const row = current();
  const link = row && row.querySelector("[data-open]");
  if (link) link.click();
}

function search() {
  const box = document.querySelector("[data-search], input[type=search]");
  if (box) box.focus();
}

function help() {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  title.textContent = "键盘";
  const list = document.createElement("dl");
  const named = [...document.querySelectorAll("[data-key]")].map((el) => [el.dataset.key, el.dataset.keyLabel || el.textContent.trim()]);
  for (const [key, words] of new Map([...MOVES, ...named])) {
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    list.append(term, meaning);
  }
  dialog.append(title, list);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function named(key) {
  const chosen = `[data-key="${CSS.escape(key)}"]`;
  const row = current();
  const element = (row && row.querySelector(chosen)) || document.querySelector(chosen);
  if (!element) return false;
  if (element.matches("input, select, textarea")) element.focus();
  else element.click();
  return true;
}

const KEYS = { j: () => step(1), k: () => step(-1), x: pickCurrent, o: open, "/": search, "?": help };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
  if (event.key === "Enter" && event.target === current()) open();
  else if (KEYS[event.key]) KEYS[event.key]();
  else if (event.key.length !== 1 || !named(event.key)) return;
  event.preventDefault();
});

if (table) {
  let last = null;
  table.addEventListener("click", (event) => {
    const box = event.target.closest("[data-pick], [data-pick-all]");
    if (!box) return;
    const all = picks();
    if (box.matches("[data-pick-all]")) for (const each of all) each.checked = box.checked;
    else if (event.shiftKey && last) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const each of all.slice(from, to + 1)) each.checked = box.checked;
    }
    if (box.matches("[data-pick]")) last = box;
    count();
  });
  count();
}
