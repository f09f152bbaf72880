// A page inside the phone: its own frame each time, a title, a way back.

import { look } from "./talk.js";

const byId = (id) => document.getElementById(id);
const MAY = "allow-scripts allow-forms allow-same-origin allow-popups allow-modals allow-downloads";
const AUTHORIZE = "/connect/oauth2/authorize";

let depth = 0;

function addressed(url, openid) {
  const target = new URL(url, location.href);
  if (target.origin === location.origin && target.pathname === AUTHORIZE) target.searchParams.set("_follower", openid);
  return target.href;
}

export function close() {
  byId("page").hidden = true;
  byId("page-holder").replaceChildren();
}

function back() {
  if (depth > 1) {
    depth -= 2;
    history.back();
  } else {
    close();
  }
}

export async function open(url, title, openid) {
  await look(openid);
  depth = 0;
  byId("page-title").textContent = title || new URL(url, location.href).host;
  byId("page-loading").classList.add("on");
  const frame = document.createElement("iframe");
  frame.id = "frame";
  frame.title = title || "网页";
  frame.setAttribute("sandbox", MAY);
  frame.allow = "camera; geolocation; clipboard-write";
  frame.addEventListener("load", () => {
    depth += 1;
    byId("page-loading").classList.remove("on");
  });
  frame.src = addressed(url, openid);
  byId("page-holder").replaceChildren(frame);
  byId("page").hidden = false;
}

export function prepare() {
  byId("page-close").addEventListener("click", close);
  byId("page-back").addEventListener("click", back);
}
