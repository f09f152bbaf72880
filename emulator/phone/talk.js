// What the page asks of the platform: JSON to the control API, errors as sentences.

const REFUSED = { 43004: "还没有关注，先点“关注公众号”。", 40005: "这种文件不是照片，请换一张。", 40006: "照片超过 10 MB，请换一张。" };

async function send(method, path, body, type) {
  let response;
  try {
    response = await fetch(path, { method, body, headers: type ? { "Content-Type": type } : {} });
  } catch {
    throw new Error("本地平台没有应答，它可能正在重启，稍等再试。");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(REFUSED[answer.errcode] || "没有发出去，请再试一次。");
  return answer;
}

const post = (path, body) => send("POST", path, JSON.stringify(body), "application/json");

export const state = () => send("GET", "/control/state");
export const look = (openid) => post("/phone/look", { openid });
export const act = (kind, openid, more = {}) => post("/control/send", { kind, openid, wait: false, ...more });
export const turn = (openid, switches) => post(`/control/followers/${encodeURIComponent(openid)}`, switches);

const TAKEN = ["image/jpeg", "image/png", "image/gif"];
const LARGE = 4 * 1024 * 1024;

async function smaller(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 2400 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
}

export async function photo(openid, file) {
  let picture = file;
  if (!TAKEN.includes(file.type) || file.size > LARGE) {
    try {
      picture = await smaller(file);
    } catch {
      throw new Error(REFUSED[40005]);
    }
  }
  return send("POST", `/control/photo?wait=0&openid=${encodeURIComponent(openid)}`, picture, picture.type);
}
