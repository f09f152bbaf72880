// Sends each chosen photo of a report at once, with its own progress and retry; without this the form carries them.
const LIMIT = 10 * 1024 * 1024;
let under_way = 0;

function element(name, about = {}, ...inside) {
  const made = document.createElement(name);
  Object.assign(made, about);
  made.append(...inside);
  return made;
}

function count(change) {
  under_way += change;
  for (const button of document.querySelectorAll(".actions .btn")) {
    if (under_way) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function tile(slot, file) {
  const image = element("img", { alt: "", width: 96, height: 72, src: URL.createObjectURL(file) });
  const said = element("span", { className: "note" });
  said.setAttribute("role", "status");
  const made = element("li", {}, image, said);
  slot.querySelector(".report-photos").append(made);
  return { made, image, said };
}

function clear(made) {
  for (const extra of made.querySelectorAll("progress, button")) extra.remove();
}

function failed(slot, file, parts, why) {
  clear(parts.made);
  parts.made.dataset.state = "failed";
  parts.said.textContent = why;
  const again = element("button", { type: "button", className: "btn", textContent: "重试" });
  again.addEventListener("click", () => send(slot, file, parts));
  const leave = element("button", { type: "button", className: "btn btn--quiet", textContent: "不要了" });
  leave.addEventListener("click", () => parts.made.remove());
  parts.made.append(again, leave);
}

function reason(request) {
  try {
    return JSON.parse(request.responseText).title || "没有传上";
  } catch {
    return request.status === 413 ? "照片太大，请换一张小些的" : "没有传上，请检查网络";
  }
}

function kept(slot, parts, answer) {
  clear(parts.made);
  parts.made.dataset.state = "done";
  parts.said.textContent = "已上传";
  parts.image.alt = `${slot.querySelector("legend").textContent}，打开可遮挡`;
  const open = element("a", { href: answer.url.replace(/\.jpg$/, "") });
  parts.image.replaceWith(open);
  open.append(parts.image);
  const away = element("button", { type: "submit", className: "btn btn--quiet", textContent: "去掉", formNoValidate: true });
  away.setAttribute("formaction", `${answer.url.replace(/\.jpg$/, "")}/remove`);
  away.setAttribute("formenctype", "application/x-www-form-urlencoded");
  parts.made.append(away);
  const given = document.querySelector("[data-given]");
  given.textContent = Number(given.textContent) + 1;
  for (const button of document.querySelectorAll("[data-next]")) button.textContent = button.dataset.next;
  document.dispatchEvent(new CustomEvent("photo-kept"));
}

function send(slot, file, parts) {
  clear(parts.made);
  if (file.size > LIMIT) {
    failed(slot, file, parts, "照片超过 10 MB，请换一张小些的");
    return;
  }
  const bar = element("progress", { max: 100, value: 0 });
  bar.setAttribute("aria-label", `正在上传 ${file.name}`);
  parts.made.dataset.state = "sending";
  parts.made.append(bar);
  parts.said.textContent = "正在上传";
  const body = new FormData();
  body.append(slot.dataset.kind, file);
  const request = new XMLHttpRequest();
  request.open("POST", slot.dataset.photos);
  request.timeout = 60000;
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRF-Token", slot.closest("form").querySelector("input[name=csrf]").value);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => {
    if (request.status === 200) kept(slot, parts, JSON.parse(request.responseText));
    else failed(slot, file, parts, reason(request));
  });
  request.addEventListener("error", () => failed(slot, file, parts, "没有传上，请检查网络"));
  request.addEventListener("timeout", () => failed(slot, file, parts, "网络太慢，没有传上"));
  request.addEventListener("loadend", () => count(-1));
  count(1);
  request.send(body);
}

for (const slot of document.querySelectorAll("[data-photos]")) {
  const input = slot.querySelector("input[type=file]");
  slot.classList.add("report-slot--live");
  input.addEventListener("change", () => {
    for (const file of [...input.files]) send(slot, file, tile(slot, file));
    input.value = "";
  });
}
for (const button of document.querySelectorAll("[data-form-only]")) button.hidden = true;
document.querySelector(".actions").addEventListener("click", (event) => {
  if (under_way) event.preventDefault();
});
