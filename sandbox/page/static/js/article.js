// One message: who, when, what it says, its files, and what can be done with it.

import { post } from "./api.js";
import { appIcon, avatar } from "./avatar.js";
import { rendered } from "./blocks.js";
import { clockTime, fullTime } from "./dates.js";
import { h, link } from "./dom.js";
import { menu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { stageOn } from "./stage.js";

/** `scene` is `{state, context, did}`. */
export function article(message, { state, context, did }) {
  const author = state.directory.everybody.find((one) => one.value === message.user) ?? { value: message.user, label: message.user };
  const when = Number(message.ts);
  const orphan = message.thread_ts && message.thread_ts !== message.ts && !state.messages.some((one) => one.ts === message.thread_ts);
  const head = h("header", {},
    h("strong", { text: author.label }),
    message.bot ? h("span", { class: "badge", text: "APP" }) : null,
    h("time", { datetime: new Date(when * 1000).toISOString(), title: fullTime(when, context.zone), text: clockTime(when, context.zone) }),
    orphan ? h("span", { class: "hint", text: "in an earlier thread" }) : null);
  return h("article", { class: `message${message.ephemeral ? " ephemeral" : ""}`, "data-ts": message.ts, "aria-label": `${author.label}, ${fullTime(when, context.zone)}` },
    message.bot ? appIcon() : avatar(author),
    h("div", { class: "message-body" },
      message.ephemeral ? h("p", { class: "only-you", text: "Only visible to you" }) : null,
      head,
      content(message, context, did),
      message.edited ? h("span", { class: "hint", text: "(edited)" }) : null,
      message.files.map((one) => file(one, state))),
    shortcuts(message, state, did));
}

function content(message, context, did) {
  const stage = stageOn(context, { message: message.ts }, message.values, { did });
  const attached = message.attachments.map((one) => h("div", { class: "attachment" },
    one.pretext ? h("p", {}, mrkdwn(one.pretext, context)) : null,
    one.title ? h("p", { class: "heading" }, one.title_link ? link(one.title_link, one.title) : one.title) : null,
    one.blocks ? rendered(one.blocks, stage) : mrkdwn(one.text ?? one.fallback ?? "", context)));
  return [message.blocks.length ? rendered(message.blocks, stage) : h("div", { class: "block plain" }, mrkdwn(message.text, context)), attached];
}

const SIZES = [[1e6, "MB"], [1e3, "kB"], [1, "bytes"]];

function size(bytes) {
  const [unit, name] = SIZES.find(([least]) => bytes >= least) ?? SIZES[2];
  return `${Number((bytes / unit).toFixed(1))} ${name}`;
}

function file(one, state) {
  const address = `/page/files/${encodeURIComponent(one.id)}?${new URLSearchParams({ as: state.me.name })}`;
  return h("a", { class: "file", href: address, download: one.name, "aria-label": `Download ${one.title}` },
    h("span", { class: "file-kind", "aria-hidden": "true", text: (one.name.split(".").at(-1) || "file").slice(0, 4) }),
    h("span", {}, h("strong", { text: one.title }), h("small", { text: `${size(one.length)} · Download` })));
}

function shortcuts(message, state, did) {
  if (message.ephemeral || !state.shortcuts.message.length) return null;
  const more = h("button", { type: "button", class: "icon", "aria-label": "More actions", "data-field": `menu|${message.ts}`, text: "⋮" });
  const start = async (one) => did(await post("message_shortcut", { callback: one.callback_id, message: message.ts }), () => start(one));
  const items = state.shortcuts.message.map((one) => ({ label: one.name, detail: one.description, choose: () => start(one) }));
  return h("div", { class: "message-tools" }, menu(more, items, "More actions"));
}
