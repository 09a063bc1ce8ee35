// The page: keeps what is shown in line with the state that the server sends.

import { follow, post, stopFollowing } from "./api.js";
import { giveTones } from "./avatar.js";
import { ClockBar } from "./clock.js";
import { Composer } from "./composer.js";
import { busy } from "./dom.js";
import { showHome } from "./home.js";
import { Log } from "./messages.js";
import { showModals } from "./modal.js";
import { Notice } from "./notice.js";
import { AT_FIRST, go, here, lookBack, lookingBack, MORE } from "./place.js";
import { RefusalPanel } from "./refusals.js";
import { markRead, Sidebar } from "./sidebar.js";
import { contextOf } from "./stage.js";
import { Workbench } from "./workbench.js";

const at = (selector) => document.querySelector(selector);
const notice = new Notice(at("#notice"));
const sidebar = new Sidebar(at("#sidebar"), at("#drawer-button"), at("#scrim"));
const composer = new Composer(at("#composer"), did);
const clock = new ClockBar(at("#clock"), did);
const workbench = new Workbench(at("#workbench"), at("#workbench-button"));
const refusals = new RefusalPanel(at("#refused"), () => workbench.open());
const log = new Log(at("#messages"), () => lookBack(lookingBack() + MORE) && listen());
let newest = { boot: "", version: 0 };

/** What came of something the person did, and how to do it again. */
function did({ seen, state }, again) {
  if (state) show(state);
  if (seen) notice.show(seen, again);
}

function show(state) {
  const { as, place } = here();
  if (state.me.name !== as || state.place.key !== place) return;
  if (state.boot === newest.boot && state.version <= newest.version) return;
  newest = state;
  giveTones(state.people);
  const context = contextOf(state, clock.now);
  clock.show(state);
  showPlace(state, context);
  showModals(state.modals, context, did);
  refusals.show(state);
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
    if ((tab.dataset.tab === "home") === home) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  if (home) showHome(at("#home"), state, context, did);
  else log.show(state, context, did);
  if (state.place.app && !home) markRead(state);
  sidebar.show(state);
  composer.show(state);
}

/** For wherever the address now points: follow it, and tell the app whose home was opened. */
async function arrive() {
  newest = { boot: "", version: 0 };
  lookBack(AT_FIRST);
  notice.clear();
  sidebar.close();
  composer.moved();
  log.moved();
  listen();
  if (here().place === "app") await open();
}

async function open() {
  did(await post("open", { tab: here().tab === "messages" ? "messages" : "home" }), open);
}

function listen() {
  follow(show, (broken) => {
    at("#broken").textContent = broken;
    at("#broken").hidden = !broken;
  });
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
at("#install").addEventListener("click", async (event) => {
  const answer = await busy(event.currentTarget, () => post("install"));
  if (answer) did(answer);
});
addEventListener("popstate", arrive);
document.addEventListener("visibilitychange", () => (document.hidden ? stopFollowing() : listen()));

arrive();
