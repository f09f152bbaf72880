// The phone: who looks, what they see, what they do. One stream of events brings everything.

import * as frame from "./frame.js";
import * as log from "./log.js";
import * as menu from "./menu.js";
import { avatar, clock, draw, element, icon, timeBefore } from "./entries.js";
import { act, look, photo, state, turn } from "./talk.js";

const byId = (id) => document.getElementById(id);
const dialog = byId("dialog");
const field = byId("say");
const TITLES = { citizen: "市民", merchant: "商户" };
const TYPING_MS = 15000;

const seen = new Map();
const unread = new Map();
let people = [];
let current = null;
let last = null;
let typingEnds = 0;
let old = 0;

function toast(text) {
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { byId("toast").hidden = true; }, 2600);
}

async function tried(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message);
    return null;
  }
}

const doing = {
  open: (url, title) => tried(frame.open(url, title, current.openid)),
  say: (content, menuId = "") => tried(act("text", current.openid, { content, menu_id: menuId })),
  enlarge: (source) => { byId("picture").firstElementChild.src = source; byId("picture").hidden = false; },
};

function toBottom() {
  dialog.scrollTop = dialog.scrollHeight;
}

function append(entry) {
  dialog.querySelector(".empty")?.remove();
  const time = timeBefore(entry, last);
  if (time) dialog.append(time);
  const drawn = draw(entry, current, doing);
  for (const image of drawn.querySelectorAll("img")) image.addEventListener("load", toBottom);
  dialog.append(drawn);
  last = entry;
  toBottom();
}

function typing(on) {
  clearTimeout(typingEnds);
  byId("account").textContent = on ? "对方正在输入…" : byId("account").dataset.name;
  if (on) typingEnds = setTimeout(() => typing(false), TYPING_MS);
}

function drawDialog() {
  last = null;
  dialog.replaceChildren();
  const entries = seen.get(current.openid) || [];
  if (!entries.length) dialog.append(element("div", "empty", icon("mark"), "还没有对话。在下面问一句，或点菜单开始。"));
  entries.forEach(append);
}

function personButton(person) {
  const count = unread.get(person.openid) || 0;
  const picture = avatar(person);
  if (count) picture.append(element("b", "", String(count)));
  const text = element("div", "", element("strong", "", person.name), element("small", "", person.note));
  const button = element("button", person.subscribed ? "person" : "person left", picture, text);
  button.type = "button";
  button.title = person.note;
  button.dataset.openid = person.openid;
  button.setAttribute("aria-pressed", String(person === current));
  button.addEventListener("click", () => { choose(person); byId("panel").classList.remove("open"); });
  return button;
}

function drawPeople() {
  const groups = Object.entries(TITLES).flatMap(([role, title]) => [
    element("p", "people-title", title),
    element("div", "people", ...people.filter((person) => person.role === role).map(personButton)),
  ]);
  byId("people").replaceChildren(...groups);
  const others = [...unread.values()].reduce((sum, count) => sum + count, 0);
  byId("unread").hidden = !others;
  byId("unread").textContent = String(others);
}

function drawCurrent() {
  const following = current.subscribed;
  byId("foot").hidden = !following;
  byId("follow-bar").hidden = following;
  byId("unfollow").hidden = !following;
  byId("follow").hidden = following;
  byId("templates-on").checked = !current.blocks_templates;
  byId("about-who").textContent = `${current.name}（${TITLES[current.role]}）`;
  byId("about-openid").textContent = current.openid;
  for (const list of document.querySelectorAll(".tries")) list.hidden = list.dataset.role !== current.role;
}

function choose(person) {
  current = person;
  unread.delete(person.openid);
  history.replaceState(null, "", `#${person.openid}`);
  frame.close();
  typing(false);
  for (const id of ["about", "scan", "more"]) byId(id).hidden = true;
  drawPeople();
  drawCurrent();
  drawDialog();
  tried(look(person.openid));
}

async function tap(button) {
  if (button.type === "view") {
    act("view", current.openid, { url: button.url }).catch(() => {});
    await doing.open(button.url, button.name);
  } else {
    await tried(act("click", current.openid, { key: button.key || button.name, name: button.name }));
  }
}

async function refresh() {
  const now = await state();
  const known = current?.openid || location.hash.slice(1);
  people = now.followers;
  old = now.seq;
  byId("account").dataset.name = now.account.name;
  menu.draw(byId("menu"), now.menu, tap);
  const person = people.find((each) => each.openid === known) || people[0];
  if (!current || person.openid !== current.openid) choose(person);
  current = person;
  drawPeople();
  drawCurrent();
}

function arrived(entry, fresh) {
  if (entry.side === "wire") {
    if (entry.type === "menu") menu.draw(byId("menu"), entry.buttons, tap);
    else if (entry.type === "reset") forget();
    else if (entry.type === "typing") { if (fresh && entry.openid === current.openid) typing(entry.on); }
    else log.add(byId("log"), entry);
    return;
  }
  seen.set(entry.openid, [...(seen.get(entry.openid) || []), entry]);
  if (entry.type === "subscribed" || entry.type === "unsubscribed") refresh();
  if (entry.openid === current.openid) {
    if (entry.side === "theirs") typing(false);
    append(entry);
  } else if (fresh && entry.side === "theirs") {
    unread.set(entry.openid, (unread.get(entry.openid) || 0) + 1);
    drawPeople();
  }
}

function forget() {
  seen.clear();
  unread.clear();
  log.clear(byId("log"));
  drawDialog();
  refresh();
}

function listen() {
  const events = new EventSource("/control/stream");
  let lost = false;
  events.onmessage = (event) => {
    const entry = JSON.parse(event.data);
    arrived(entry, entry.seq > old);
  };
  events.onerror = () => { lost = true; };
  events.onopen = () => { if (lost) refresh().catch(() => {}); lost = false; };
}

function grow() {
  field.style.height = "44px";
  field.style.height = `${Math.min(116, field.scrollHeight + 2)}px`;
  byId("send").hidden = !field.value.trim();
  byId("more-open").hidden = !byId("send").hidden;
}

async function submit() {
  const content = field.value.trim();
  if (!content) return;
  if (await doing.say(content)) {
    field.value = "";
    grow();
  }
}

async function sendPhoto(file) {
  byId("more").hidden = true;
  if (file) await tried(photo(current.openid, file));
}

function on(id, type, react) {
  byId(id).addEventListener(type, react);
}

function prepareSaying() {
  on("say-form", "submit", (event) => { event.preventDefault(); submit(); });
  on("say", "input", grow);
  on("say", "keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  on("say", "paste", (event) => {
    const file = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
    if (file) { event.preventDefault(); sendPhoto(file); }
  });
  on("more-open", "click", () => {
    byId("more").hidden = !byId("more").hidden;
    byId("more-open").setAttribute("aria-expanded", String(!byId("more").hidden));
    toBottom();
  });
  on("photo-open", "click", () => byId("photo").click());
  on("photo", "change", () => { sendPhoto(byId("photo").files[0]); byId("photo").value = ""; });
  on("place", "click", () => {
    byId("more").hidden = true;
    tried(act("location", current.openid, { latitude: "36.666512", longitude: "117.076437", label: "济南市历下区文化东路农贸市场" }));
  });
}

function prepareAround() {
  on("people-open", "click", () => byId("panel").classList.add("open"));
  on("people-close", "click", () => byId("panel").classList.remove("open"));
  on("about-open", "click", () => { byId("about").hidden = false; });
  on("scan-open", "click", () => { byId("more").hidden = true; byId("scan").hidden = false; byId("scene").focus(); });
  on("scan-form", "submit", (event) => {
    event.preventDefault();
    byId("scan").hidden = true;
    tried(act("scan", current.openid, { scene: byId("scene").value.trim() }));
  });
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => { byId(button.dataset.close).hidden = true; });
  }
  for (const button of document.querySelectorAll("[data-say]")) {
    button.addEventListener("click", () => { byId("panel").classList.remove("open"); doing.say(button.dataset.say); });
  }
  const follow = () => { byId("about").hidden = true; tried(act("subscribe", current.openid)); };
  on("follow", "click", follow);
  on("follow-again", "click", follow);
  on("unfollow", "click", () => { byId("about").hidden = true; tried(act("unsubscribe", current.openid)); });
  on("templates-on", "change", (event) => tried(turn(current.openid, { blocks_templates: !event.target.checked })));
  on("picture", "click", () => { byId("picture").hidden = true; });
  addEventListener("hashchange", () => {
    const person = people.find((each) => each.openid === location.hash.slice(1));
    if (person && person !== current) choose(person);
  });
}

function showHour() {
  byId("hour").textContent = clock(Date.now() / 1000);
}

frame.prepare();
prepareSaying();
prepareAround();
log.clear(byId("log"));
showHour();
setInterval(showHour, 10000);
grow();
await refresh();
listen();
document.documentElement.dataset.ready = "yes";
