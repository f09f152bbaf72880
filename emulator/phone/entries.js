// Draws what one follower sees: text with its links, photographs, cards, choices, notices.

const LINK = /<a\s+href=(["'])(.*?)\1[^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；、）】]+)/gi;
const CHIP = "weixin://bizmsgmenu?";
const GAP_S = 300;

export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

export function avatar(person) {
  return person ? element("span", `avatar ${person.role}`, person.name.slice(0, 1)) : element("span", "avatar account", icon("mark"));
}

// `doing` has open(url, title), say(text, menuId), enlarge(src).
function link(href, text, doing) {
  const shown = element("a", "", text);
  shown.href = "#";
  if (href.startsWith(CHIP)) {
    const query = new URLSearchParams(href.slice(CHIP.length));
    const content = query.get("msgmenucontent") || text;
    shown.addEventListener("click", (event) => { event.preventDefault(); doing.say(content, query.get("msgmenuid") || "0"); });
  } else if (/^https?:/i.test(href)) {
    shown.addEventListener("click", (event) => { event.preventDefault(); doing.open(href, text === href ? "" : text); });
  } else {
    return text;
  }
  return shown;
}

export function rich(text, doing) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(from, found.index), link(found[2] ?? found[4], found[3] ?? found[4], doing));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

function choices(entry, doing) {
  const box = element("div", "bubble choices", ...rich(entry.head, doing));
  for (const item of entry.items) {
    const button = element("button", "", item.content);
    button.type = "button";
    button.addEventListener("click", () => doing.say(item.content, item.id));
    box.append(button);
  }
  if (entry.tail) box.append(...rich(entry.tail, doing));
  return box;
}

function picture(entry, doing) {
  const source = `/mmbiz/${encodeURIComponent(entry.media_id)}`;
  const image = element("img");
  image.src = source;
  image.alt = "照片";
  const button = element("button", "photo", image);
  button.type = "button";
  button.addEventListener("click", () => doing.enlarge(source));
  return button;
}

function opener(text, url, title, doing) {
  const button = element("button", "open", text, icon("back"));
  button.type = "button";
  button.addEventListener("click", () => doing.open(url, title));
  return button;
}

function template(entry, doing) {
  const rows = element("dl", "");
  for (const row of entry.rows) rows.append(element("dt", "", row.label), element("dd", "", row.value));
  const from = element("div", "from", avatar(null), document.getElementById("account").dataset.name);
  return element("article", "card template", from, element("h2", "", entry.title), rows,
    entry.url ? opener("查看详情", entry.url, entry.title, doing) : null);
}

function news(entry, doing) {
  return element("div", "", ...entry.articles.map((article) => {
    const image = article.picture ? element("img") : null;
    if (image) { image.src = article.picture; image.alt = ""; }
    return element("article", "card", image, element("h2", "", article.title),
      article.note ? element("p", "", article.note) : null,
      article.url ? opener("阅读全文", article.url, article.title, doing) : null);
  }));
}

function body(entry, doing) {
  switch (entry.type) {
    case "text": return element("div", "bubble", ...rich(entry.text, doing));
    case "choices": return choices(entry, doing);
    case "image": return picture(entry, doing);
    case "location": return element("div", "bubble place", icon("place-sign"), entry.label);
    case "link": return element("div", "bubble", link(entry.url, entry.title, doing));
    case "voice": return element("div", "bubble spoken", "语音消息");
    default: return element("div", "bubble", entry.type);
  }
}

export function draw(entry, person, doing) {
  if (entry.side === "notice") return element("p", `notice ${entry.type}`, entry.text);
  if (entry.type === "transfer") return element("p", "notice", "已转接人工客服");
  if (entry.type === "template") return template(entry, doing);
  if (entry.type === "news") return news(entry, doing);
  return element("div", `row ${entry.side}`, avatar(entry.side === "mine" ? person : null), body(entry, doing));
}

export function clock(at) {
  return new Date(at * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
}

export function timeBefore(entry, last) {
  if (last && entry.at - last.at < GAP_S) return null;
  const options = { month: "long", day: "numeric", timeZone: "Asia/Shanghai" };
  const day = (moment) => new Date(moment).toLocaleDateString("zh-CN", options);
  const other = day(entry.at * 1000) !== day(Date.now());
  return element("p", "time", (other ? `${day(entry.at * 1000)} ` : "") + clock(entry.at));
}
