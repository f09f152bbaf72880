// The account's menu: three groups, each with its list; opening a list tells the platform nothing.

import { element, icon } from "./entries.js";

let opened = null;

function shut() {
  if (!opened) return;
  opened.querySelector(".menu-list").hidden = true;
  opened.querySelector("button").setAttribute("aria-expanded", "false");
  opened = null;
}

function item(button, tap) {
  const made = element("button", "", button.name);
  made.type = "button";
  made.addEventListener("click", () => { shut(); tap(button); });
  return made;
}

function group(button, tap) {
  const inner = button.sub_button || [];
  if (!inner.length) return element("div", "menu-group", item(button, tap));
  const list = element("ul", "menu-list", ...inner.map((each) => element("li", "", item(each, tap))));
  list.hidden = true;
  const head = element("button", "", icon("lines"), button.name);
  head.type = "button";
  head.setAttribute("aria-expanded", "false");
  const made = element("div", "menu-group", head, list);
  head.addEventListener("click", (event) => {
    event.stopPropagation();
    const again = opened === made;
    shut();
    if (again) return;
    list.hidden = false;
    head.setAttribute("aria-expanded", "true");
    opened = made;
  });
  return made;
}

export function draw(holder, buttons, tap) {
  opened = null;
  holder.replaceChildren(...buttons.map((button) => group(button, tap)));
}

document.addEventListener("click", (event) => { if (opened && !opened.contains(event.target)) shut(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
