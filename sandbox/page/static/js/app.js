// The page: keeps what is shown in line with the state that the server sends.

import { follow, post, stopFollowing } from "./api.js";
import { ClockBar } from "./clock.js";
import { Composer } from "./composer.js";
import { busy } from "./dom.js";
import { showHome, showMessages } from "./messages.js";
import { showModals } from "./modal.js";
import { go, here } from "./place.js";
import { markRead, showSidebar } from "./sidebar.js";
import { contextOf } from "./stage.js";
import { Workbench } from "./workbench.js";

const at = (selector) => document.querySelector(selector);
const notice = at("#notice");
const nav = at("#sidebar");
const composer = new Composer(at("#composer"), did);
const clock = new ClockBar(at("#clock"), did);
const workbench = new Workbench(at("#workbench"), at("#workbench-button"));
let newest = { boot: "", version: 0 };

function did({ seen, state }) {
  if (state) show(state);
  if (seen) tell(seen.ok && !seen.notice ? "" : seen.text);
  if (seen?.url) window.open(seen.url, "_blank", "noopener");
}

function tell(text) {
  at("#notice-text").textContent = text;
  notice.hidden = !text;
}

function show(state) {
  const { as, place } = here();
  if (state.me.name !== as || state.place.key !== place) return;
  if (state.boot === newest.boot && state.version <= newest.version) return;
  newest = state;
  const context = contextOf(state, clock.now);
  clock.show(state);
  showPlace(state, context);
  showModals(state.modals, context, did);
  workbench.show(state);
  document.title = `${state.place.label} · ${state.me.real_name} · Sandbox`;
}

function showPlace(state, context) {
  const home = state.place.app && here().tab !== "messages";
  at("#place").textContent = state.place.label;
  at("#me").textContent = state.me.real_name;
  at("#uninstalled").hidden = state.installed;
  at("#tabs").hidden = !state.place.app;
  at("#home").hidden = !home;
  at("#messages").hidden = home;
  at("#composer").hidden = home || state.place.read_only;
  at("#read-only").hidden = home || !state.place.read_only;
  for (const tab of document.querySelectorAll("#tabs a")) {
    const current = (tab.dataset.tab === "home") === home;
    tab.toggleAttribute("aria-current", current);
    if (current) tab.setAttribute("aria-current", "page");
  }
  if (home) showHome(at("#home"), state, context, did);
  else showMessages(at("#messages"), state, context, did);
  if (state.place.app && !home) markRead(state);
  showSidebar(nav, state);
  composer.show(state);
}

/** For wherever the address now points: follow it, and tell the app whose home was opened. */
async function arrive() {
  const { place, tab } = here();
  newest = { boot: "", version: 0 };
  tell("");
  openDrawer(false);
  composer.moved();
  listen();
  if (place === "app") did(await post("open", { tab: tab === "messages" ? "messages" : "home" }));
  at("#messages").scrollTop = at("#messages").scrollHeight;
}

function listen() {
  follow(show, (broken) => {
    at("#broken").textContent = broken;
    at("#broken").hidden = !broken;
  });
}

function openDrawer(open) {
  document.body.classList.toggle("drawer-open", open);
  at("#drawer-button").setAttribute("aria-expanded", String(open));
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[data-go]");
  if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const query = new URL(anchor.href).searchParams;
  go({ as: query.get("as") ?? here().as, in: query.get("in") ?? here().place, tab: query.get("tab") ?? "" });
  arrive();
});
for (const tab of document.querySelectorAll("#tabs a")) {
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    go({ tab: tab.dataset.tab });
    arrive();
  });
}
at("#install").addEventListener("click", async (event) => did(await busy(event.currentTarget, () => post("install"))));
at("#notice-close").addEventListener("click", () => tell(""));
at("#drawer-button").addEventListener("click", () => openDrawer(!document.body.classList.contains("drawer-open")));
at("#scrim").addEventListener("click", () => openDrawer(false));
addEventListener("keydown", (event) => event.key === "Escape" && openDrawer(false));
addEventListener("popstate", arrive);
document.addEventListener("visibilitychange", () => (document.hidden ? stopFollowing() : listen()));

arrive();
