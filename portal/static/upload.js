// Sends each chosen photo at once, with its progress and a retry on the tile; without this the form carries the file.
const LIMIT = 10 * 1024 * 1024;

function progressBar(tile) {
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  tile.append(bar);
  return bar;
}

function clear(tile) {
  for (const extra of tile.querySelectorAll("progress, [data-retry]")) extra.remove();
}

function say(tile, state, words) {
  tile.dataset.state = state;
  tile.querySelector(".tile-state").textContent = words;
}

function show(tile, url) {
  const old = tile.querySelector(".tile-face img, .tile-face .icon");
  const image = document.createElement("img");
  image.alt = "";
  image.src = url;
  old.replaceWith(image);
}

function offerRetry(tile, file, words) {
  clear(tile);
  say(tile, "failed", words);
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn";
  again.dataset.retry = "";
  again.textContent = "重试";
  again.addEventListener("click", () => send(tile, file));
  tile.append(again);
}

function reason(request) {
  try {
    return JSON.parse(request.responseText).title || "没有传上";
  } catch {
    return request.status === 413 ? "照片太大，请换一张小些的" : "没有传上，请检查网络";
  }
}

function received(tile, file, request) {
  if (request.status < 200 || request.status >= 300) {
    offerRetry(tile, file, reason(request));
    return;
  }
  const answer = JSON.parse(request.responseText);
  clear(tile);
  tile.querySelector("input[type=hidden]").value = answer.id;
  tile.querySelector("input[type=file]").value = "";
  if (answer.url) show(tile, answer.url);
  say(tile, "done", answer.text || "已上传，点按可更换");
}

function send(tile, file) {
  clear(tile);
  if (file.size > LIMIT) {
    offerRetry(tile, file, "照片超过 10 MB，请换一张小些的");
    return;
  }
  const bar = progressBar(tile);
  const form = tile.closest("form");
  const body = new FormData();
  const token = form && form.querySelector("input[name=csrf]");
  body.append("slot", tile.querySelector("input[type=file]").name);
  body.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", tile.dataset.upload);
  request.setRequestHeader("Accept", "application/json");
  if (token) request.setRequestHeader("X-CSRF-Token", token.value);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = (event.loaded / event.total) * 100;
    say(tile, "sending", `正在上传 ${Math.round(bar.value)}%`);
  });
  request.addEventListener("load", () => received(tile, file, request));
  request.addEventListener("error", () => offerRetry(tile, file, "没有传上，请检查网络"));
  request.addEventListener("timeout", () => offerRetry(tile, file, "网络太慢，没有传上"));
  request.timeout = 60000;
  say(tile, "sending", "正在上传");
  request.send(body);
}

for (const tile of document.querySelectorAll(".tile")) {
  const input = tile.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) return;
    if (tile.dataset.upload) send(tile, file);
    else say(tile, "done", `已选 ${file.name}`);
  });
}
