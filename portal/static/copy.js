// Shows the copy buttons where copying works, and says when it is done.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "seen-only-by-readers";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copying was refused");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector(".copy-said");
    try {
      await copy(button.dataset.copy);
      said.textContent = "已复制";
    } catch {
      said.textContent = "请长按号码复制";
    }
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
}
