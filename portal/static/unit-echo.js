// Says under an amount what it comes to in grams, while it is typed. The server's own sum decides.
const print = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 2 });
const FULL_WIDTH = /[０-９．]/g;

function plain(text) {
  return text.replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,，\s]/g, "").replace("。", ".");
}

function echo(field) {
  const amount = plain(field.querySelector("[data-amount]").value);
  const unit = field.querySelector("input[type=radio]:checked");
  const out = field.querySelector("output");
  if (!unit || !/^\d+(\.\d+)?$/.test(amount)) {
    out.textContent = amount ? "请填数字，例如 2.4" : "";
    return;
  }
  const grams = Math.round(Number(amount) * Number(unit.dataset.grams) * 100) / 100;
  out.textContent = `= ${print.format(grams)} 克`;
}

for (const field of document.querySelectorAll("[data-unit-field]")) {
  field.addEventListener("input", () => echo(field));
  field.addEventListener("change", () => echo(field));
  if (field.querySelector("[data-amount]").value) echo(field);
}
