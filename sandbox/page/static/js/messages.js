// The messages of a conversation, and the Home tab: drawn once, redrawn only where something changed.

import { post } from "./api.js";
import { rendered } from "./blocks.js";
import { clockTime, dayName, fullTime, toField } from "./dates.js";
import { h, keepingFocus, link } from "./dom.js";
import { Drafts } from "./drafts.js";
import { menu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { stageOn } from "./stage.js";

const drawnAs = new Map();
const initials = (name) => name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();

export function avatar(person) {
  const tone = [...person.value].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  return h("span", { class: `avatar tone-${tone}`, "aria-hidden": "true", text: initials(person.label) });
}

/** Fills `log` with the state's messages; stays at the bottom if the reader was there. */
export function showMessages(log, state, context, did) {
  const atBottom = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const nodes = [];
  let day = "";
  for (const message of state.messages) {
    const today = toField(Number(message.ts), context.zone).slice(0, 10);
    if (today !== day) nodes.push(reused(`day|${today}`, context.zone, () => h("p", { class: "day", text: dayName(Number(message.ts), context.zone) })));
    day = today;
    const draw = () => article(message, state, context, did);
    nodes.push(reused(`${state.place.id}|${message.ts}|${message.ephemeral}`, `${context.zone}${state.me.id}${JSON.stringify({ ...message, values: null })}`, draw));
  }
  if (!nodes.length) nodes.push(h("p", { class: "empty", text: state.place.empty }));
  keepingFocus(log, () => arrange(log, nodes));
  if (atBottom) log.scrollTop = log.scrollHeight;
}

/** Moves only what is out of place: a node that is taken out and put back loses focus and open menus. */
function arrange(log, nodes) {
  const keep = new Set(nodes);
  for (const child of [...log.children]) if (!keep.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (log.children[at] !== node) log.insertBefore(node, log.children[at] ?? null);
  });
}

function reused(key, fingerprint, draw) {
  const before = drawnAs.get(key);
  if (before?.fingerprint === fingerprint) return before.node;
  const node = draw();
  drawnAs.set(key, { fingerprint, node });
  return node;
}

function article(message, state, context, did) {
  const author = state.directory.everybody.find((one) => one.value === message.user) ?? { value: message.user, label: message.user };
  const when = Number(message.ts);
  const head = h("header", {},
    h("strong", { text: author.label }),
    message.bot ? h("span", { class: "badge", text: "APP" }) : null,
    h("time", { datetime: new Date(when * 1000).toISOString(), title: fullTime(when, context.zone), text: clockTime(when, context.zone) }),
    message.thread_ts ? h("span", { class: "hint", text: "in a thread" }) : null);
  return h("article", { class: `message${message.ephemeral ? " ephemeral" : ""}`, "data-ts": message.ts, "aria-label": `${author.label}, ${fullTime(when, context.zone)}` },
    avatar(author),
    h("div", { class: "message-body" },
      message.ephemeral ? h("p", { class: "only-you", text: "Only visible to you" }) : null,
      head,
      content(message, context, did),
      message.edited ? h("span", { class: "hint", text: "(edited)" }) : null,
      message.files.map((file) => link(new URL(`/page/files/${file.id}?as=${state.me.name}`, location.href).href, `Download ${file.title}`))),
    shortcuts(message, state, did));
}

function content(message, context, did) {
  const stage = stageOn(context, { message: message.ts }, message.values, { did });
  const attached = message.attachments.map((one) => h("div", { class: "attachment" },
    one.title ? h("p", { class: "heading", text: one.title }) : null,
    one.blocks ? rendered(one.blocks, stage) : mrkdwn(one.text ?? one.fallback ?? "", context)));
  return [message.blocks.length ? rendered(message.blocks, stage) : h("div", { class: "block plain" }, mrkdwn(message.text, context)), attached];
}

function shortcuts(message, state, did) {
  if (message.ephemeral || !state.shortcuts.message.length) return null;
  const more = h("button", { type: "button", class: "icon", "aria-label": "More actions", text: "⋮" });
  const items = state.shortcuts.message.map((one) => ({
    label: one.name, detail: one.description,
    choose: async () => did(await post("message_shortcut", { callback: one.callback_id, message: message.ts })),
  }));
  return h("div", { class: "message-tools" }, menu(more, items, "More actions"));
}

let home = { id: null, hash: null, drafts: null };

export function showHome(panel, state, context, did) {
  const view = state.home;
  if (view?.id === home.id && view?.hash === home.hash && panel.childElementCount) return;
  if (view?.id !== home.id) home.drafts?.drop();
  const drafts = view && view.id === home.id ? home.drafts : view && new Drafts(view.id);
  home = { id: view?.id ?? null, hash: view?.hash ?? null, drafts };
  const stage = view && stageOn(context, { view: view.id }, view.values, { did, drafts });
  const none = h("p", { class: "empty", text: "The app has not published a home for you yet." });
  keepingFocus(panel, () => panel.replaceChildren(...(view ? rendered(view.blocks, stage) : [none])));
}
