// The platform's record: callbacks out, API calls in, in one line each, the latest on top.

import { clock, element } from "./entries.js";

const KEPT = 120;

const SHOWN = {
  push: (e) => ["→", `回调 ${e.name}${e.tries > 1 ? ` ×${e.tries}` : ""}`, e.status ? `${e.status} · ${Math.round(e.elapsed_ms)} ms` : "无应答", !e.faults.length],
  call: (e) => ["←", e.name, e.errcode ? String(e.errcode) : "ok", !e.errcode],
  oauth: () => ["←", "/connect/oauth2/authorize", "302", true],
  fault: (e) => ["!", e.name, e.fault, false],
  lost: (e) => ["→", e.name, "已丢弃", false],
};

export function add(list, entry) {
  const shape = SHOWN[entry.type];
  if (!shape) return;
  const [way, what, result, good] = shape(entry);
  const at = element("span", "at", clock(entry.at));
  const line = element("li", "", at, element("span", "", way), element("span", "", what), element("span", good ? "good" : "bad", result));
  line.title = JSON.stringify(entry);
  list.querySelector(".none")?.remove();
  list.prepend(line);
  while (list.children.length > KEPT) list.lastChild.remove();
}

export function clear(list) {
  list.replaceChildren(element("li", "", element("span", "none", "还没有往来。发一句话，这里就会出现回调。")));
  list.firstChild.className = "none";
}
